"""What `oralcam spool` does."""

from __future__ import annotations

from pathlib import Path

from oralcam.cli.destination import Destination, folder_of_photos
from oralcam.cli.terminal import aligned, aside, print_json
from oralcam.errors import OutputNotWritable, SpoolError, UsageError
from oralcam.files.atomic_write import write_durable
from oralcam.files.paths import spool_folder
from oralcam.spool import Spool
from oralcam.spool.contents import Contents, SpooledPhoto, contents_of, purge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace) -> int:
    """Look, save or delete. Raises `SpoolError`, `OutputNotWritable`."""
    if (arguments.out is not None) != (arguments.action == "recover"):
        raise UsageError("--out DIR belongs to recover, and recover needs it.")
    if arguments.yes and arguments.action != "purge":
        raise UsageError("--yes is for purge.")
    spool = Spool(arguments.spool or spool_folder())
    contents = contents_of(spool)
    if arguments.action == "status":
        _tell(spool, contents, as_json=arguments.json)
    elif arguments.action == "recover":
        _recover(contents, folder_of_photos(arguments.out), as_json=arguments.json)
    else:
        _purge(spool, contents, sure=arguments.yes, as_json=arguments.json)
    return 0


def _tell(spool: Spool, contents: Contents, *, as_json: bool) -> None:
    if as_json:
        print_json(_record(spool, contents))
        return
    if contents.photos:
        rows = [("CAPTURE", "PRESS", "TAKEN", "SIZE"), *map(_cells, contents.photos)]
        print(aligned(rows))
    for capture_id, size in contents.unfinished.items():
        print(f"{capture_id}: {size / 1000:,.0f} kB have arrived; it goes on when the camera is back")
    for loss in contents.losses:
        press = "" if loss.press_number is None else f" of press {loss.press_number}"
        print(f"{loss.capture_id}: the photo{press} was lost by a reset of the camera")
    aside(f"{spool.folder}: {_summary(contents)}.")


def _recover(contents: Contents, destination: Destination, *, as_json: bool) -> None:
    """Save every photo that can be saved; what cannot stays, and is the error at the end."""
    trouble: SpoolError | OutputNotWritable | None = None
    for photo in contents.photos:
        try:
            path = destination.path_for(photo.capture_id)
            try:
                write_durable(Path(path), photo.read())
            except OSError as error:
                raise OutputNotWritable(f"{path} cannot be written ({error.strerror}).") from error
            photo.leave()
        except (SpoolError, OutputNotWritable) as error:
            aside(str(error))
            trouble = error
            continue
        if as_json:
            print_json({"path": path, "capture_id": photo.capture_id, "size": photo.size})
        else:
            print(path)
    if trouble is not None:
        raise trouble
    if not contents.photos:
        aside("No photo waits in the spool.")


def _purge(spool: Spool, contents: Contents, *, sure: bool, as_json: bool) -> None:
    if sure:
        purge(spool, contents)
    if as_json:
        print_json({"purged": sure, **_record(spool, contents)})
    elif sure:
        print(f"Deleted from {spool.folder}: {_summary(contents)}.")
    else:
        print(f"In {spool.folder}: {_summary(contents)}. `oralcam spool purge --yes` deletes it.")


def _cells(photo: SpooledPhoto) -> tuple[str, ...]:
    known = photo.description
    press = str(known.get("press_number") or "-")
    return (photo.capture_id, press, str(known.get("taken_at") or "-"), f"{photo.size / 1000:,.0f} kB")


def _summary(contents: Contents) -> str:
    return (
        f"{len(contents.photos)} photos, {len(contents.unfinished)} unfinished, "
        f"{len(contents.losses)} reported losses, {len(contents.leftovers)} leftover files"
    )


def _record(spool: Spool, contents: Contents) -> dict[str, object]:
    return {
        "folder": str(spool.folder),
        "photos": [
            {"path": str(photo.path), "size": photo.size, **photo.description, "capture_id": photo.capture_id}
            for photo in contents.photos
        ],
        "unfinished": contents.unfinished,
        "losses": [vars(loss) for loss in contents.losses],
        "owed": list(contents.owed),
        "leftovers": list(contents.leftovers),
    }
