"""The options that say which camera a command is for: the same everywhere."""

from __future__ import annotations

from oralcam.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:  # loaded when a camera is opened
    from argparse import ArgumentParser, Namespace

    from oralcam.camera import Camera


def add_camera_options(parser: ArgumentParser) -> None:
    """Declare --port, --serial, --emulator, --scene, --replay, --board, --spool and --trace."""
    group = parser.add_argument_group("camera (without these: the only one connected by USB)")
    group.add_argument(
        "--port", help="use the camera on this port, such as /dev/ttyACM0, COM3, usb:1-1 or socket://…"
    )
    group.add_argument("--serial", help="use the camera with this serial number")
    group.add_argument("--emulator", action="store_true", help="start an emulator for this command")
    group.add_argument("--scene", metavar="FILE|FOLDER", help="emulator: pictures to take for the mouth")
    group.add_argument("--replay", metavar="FILE|FOLDER", help="emulator: JPEGs to send byte for byte")
    group.add_argument("--board", help="emulator: unix, qemu-arm or qemu-arm-m7 (default: unix)")
    group.add_argument(
        "--spool", metavar="DIR", help="make photos durable in DIR (default: a private folder)"
    )
    group.add_argument(
        "--trace", metavar="FILE", help="record all that goes over the wire, photos included, into FILE"
    )


def open_camera(arguments: Namespace) -> Camera:
    """Open the camera that the options mean. Raises what `Camera.open` does, and `UsageError`."""
    given = (arguments.scene, arguments.replay, arguments.board)
    emulator = arguments.emulator or given != (None, None, None)
    wanted = [
        option
        for option, given in (
            ("--port", arguments.port is not None),
            ("--serial", arguments.serial is not None),
            ("--emulator, --scene, --replay and --board", emulator),
        )
        if given
    ]
    if len(wanted) > 1:
        raise UsageError(f"{wanted[0]} and {wanted[1]} name different cameras: give one of them.")
    if emulator:
        return _start_emulator(arguments)
    from oralcam.camera import Camera

    if arguments.port is not None:
        # a port, whatever it looks like
        return Camera(arguments.port, spool=arguments.spool, trace=arguments.trace)
    return Camera.open(arguments.serial, spool=arguments.spool, trace=arguments.trace)


def _start_emulator(arguments: Namespace) -> Camera:
    """Start an emulator and open its camera.

    A signal waits until the emulator can be ended in an orderly way.
    """
    import signal

    from oralcam.camera import Camera
    from oralcam.cli.stopping import Stopping, unwind_on_sigterm

    unwind_on_sigterm()
    with Stopping() as stopping:
        camera = Camera.open(
            "emulator",
            scene=arguments.scene,
            replay=arguments.replay,
            board=arguments.board,
            spool=arguments.spool,
            trace=arguments.trace,
        )
    if stopping.number is not None:
        camera.close()
        signal.raise_signal(stopping.number)
    return camera
