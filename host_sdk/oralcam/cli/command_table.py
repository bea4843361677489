"""The commands and what each is for. Their modules load when they are used: `list` loads no other."""

from __future__ import annotations

COMMANDS = {
    "list": "show the cameras that are connected, running emulators included",
    "info": "show who a camera is: serial number, board, versions, photos that wait on it",
    "capture": "take a photo now and save it",
    "watch": "save the photo of every press of the button",
    "light": "light the ring, or tell what is lit",
    "health": "show temperature, supply, memory and counters of a camera",
    "quality": "judge whether a photo is sharp, well lit and clear, and say what to do",
    "visit": "photograph one patient, into the record and to the archive",
    "outbox": "show photos on their way to archives and folders; retry, send",
    "spool": "show photos that arrived and were not saved; recover, purge",
    "record": "show photos and their patients; correct, file what is in quarantine",
    "udev": "print the rules with which Linux lets you use a camera",
    "trace": "show what a recorded session said over the wire",
    "guide": "print a page: settings, records, quality, JPEG, DICOM, USB, emulator, troubleshooting",
    "emulator": "run a camera without a camera; the space bar presses its button",
}

EXIT_CODES = {
    0: "done",
    1: "not what was asked for: health is not ok, a photo draws a warning or is not confirmed, no press",
    2: "the command line, a setting, a profile or a light level is wrong",
    3: "no camera is connected, or not the one that was named",
    4: "the port does not exist or may not be opened",
    5: "the port is in use by another program",
    6: "the device on the port is not an oralcam",
    7: "the camera's firmware speaks another major version",
    8: "--scene or --replay is not a picture",
    9: "the photo cannot be written where it was wanted",
    10: "the camera refused or failed",
    11: "the connection to the camera does not work as it should",
    12: "the camera was unplugged, lost power or was reset",
    13: "the private folder for arriving photos cannot be used",
    14: "the emulator could not be started",
    15: "an optional package is not installed",
    16: "the record of a photo cannot be made, or something in it is not as it must be",
    17: "the JPEG is damaged, or of a kind that cannot be used",
    18: "a sink, or the outbox, cannot be used, or did not take a photo",
    19: "the photo cannot be made a DICOM object, or not a complete one",
    20: "an archive or a worklist does not answer, or refuses",
    70: "an error inside oralcam: please report it",
    74: "the command's output cannot be written",
    130: "interrupted by Ctrl-C (141: nobody reads the output; 143: ended by SIGTERM)",
}

BEFORE = """\
before or behind any command: --json (write JSON), --debug (show the traceback of an error);
with a command that opens a camera, too: --trace FILE (record what goes over the wire)"""

EXAMPLES = """\
oralcam capture --emulator -o molar.jpg  # take a photo without a camera
oralcam watch --out photos               # save every press
oralcam list --json                      # every command speaks JSON
oralcam --trace session.trace watch …    # record what goes over the wire; `oralcam trace print` shows it"""


def overview() -> str:
    """Return what stands in `oralcam --help` behind the usage."""
    commands = "\n".join(f"  {name:<10} {summary}" for name, summary in COMMANDS.items())
    codes = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())
    examples = "\n".join(f"  {line}" for line in EXAMPLES.splitlines())
    return (
        f"commands (`oralcam COMMAND --help` tells more):\n{commands}\n\n{BEFORE}\n\n"
        f"examples:\n{examples}\n\nexit codes:\n{codes}"
    )
