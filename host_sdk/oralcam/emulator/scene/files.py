"""Pictures named by a user: one file, or a folder of them in the order of their names."""

from __future__ import annotations

from pathlib import Path

from oralcam.errors import InvalidScene

SUFFIXES = {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"}


def picture_files(path: str | Path) -> list[Path]:
    """Return the files meant by `path`. Raises `InvalidScene` if there are none."""
    path = Path(path)
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
        if not files:
            raise InvalidScene(f"The folder {path} holds no pictures: put JPEG or PNG files into it.")
        return files
    if not path.is_file():
        raise InvalidScene(f"There is no picture {path}: name a file or a folder of pictures.")
    return [path]
