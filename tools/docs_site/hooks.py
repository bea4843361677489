"""Events of MkDocs: pages from outside of docs/ come in, and links of all pages are mended."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from tools.docs_site.links import for_the_site
from tools.docs_site.navigation import filled
from tools.docs_site.repository import DOCS, FOLDERS, PICTURES, pages_outside, site_path, source_address


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add pages and pictures from outside of docs/, and fill the navigation."""
    repository = _repository(config)
    for path in pages_outside(repository):
        files.append(File.generated(config, site_path(path), content=(repository / path).read_text("utf-8")))
    for folder in FOLDERS:
        for picture in (repository / folder).rglob("*"):
            if picture.suffix in PICTURES:
                path = picture.relative_to(repository).as_posix()
                files.append(File.generated(config, path, abs_src_path=str(picture)))
    pages = [file.src_uri for file in files.documentation_pages()]
    config.nav = filled(config.nav or [], pages)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mend the links of one page."""
    del files
    repository = _repository(config)
    inside = (repository / DOCS / page.file.src_uri).is_file()
    path = f"{DOCS}/{page.file.src_uri}" if inside else page.file.src_uri
    return for_the_site(markdown, path, repository, source_address(repository))


def _repository(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
