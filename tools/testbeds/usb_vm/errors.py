"""What can go wrong before, around or instead of the command; each is a sentence and an exit code.

COMMAND's own exit code is passed on unchanged; these lie where a program's own seldom are.
"""

from __future__ import annotations


class VmError(Exception):
    """Base of the errors of this tool."""

    exit_code = 120


class MissingPart(VmError):
    """A program, the kernel or a module is not there."""

    exit_code = 120


class DidNotBoot(VmError):
    """The VM did not reach the command by its deadline, or gave up before."""

    exit_code = 121


class Died(VmError):
    """The VM panicked or ended while the command ran."""

    exit_code = 122


class TooLong(VmError):
    """The command did not end by its deadline; 124 as with timeout(1)."""

    exit_code = 124
