"""The rig controller: its firmware for a second board, that firmware as an emulator, the host's driver."""
