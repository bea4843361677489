"""The emulator's process, the fault proxy and a program with the SDK, which is killed now and then."""
