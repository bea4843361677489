"""The docs site: what MkDocs needs to know of pages that lie outside of docs/."""
