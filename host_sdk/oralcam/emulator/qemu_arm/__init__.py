"""Internal: the bare-metal board under QEMU: the host's side of firmware/boards/qemu_arm."""
