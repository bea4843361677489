"""Run by the interpreter's start: mount the application's image, which is never copied, and start it."""

import sys

import mps2
import vfs

vfs.mount(vfs.VfsRom(mps2.image()), "/rom")
sys.path.insert(0, "/rom")
__import__("main")
