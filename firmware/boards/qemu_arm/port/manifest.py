"""What is frozen into the interpreter: asyncio, and what mounts the application, which runs from ROMFS."""

include("$(MPY_DIR)/extmod/asyncio/manifest.py")  # type: ignore[name-defined]  # noqa: F821  # of makemanifest.py
freeze("$(BOARD_DIR)/frozen")  # type: ignore[name-defined]  # noqa: F821
