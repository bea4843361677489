from __future__ import annotations

import subprocess

from tools.testbeds.usb_vm.guest import script


def run(command: list[str], **environment: str) -> str:
    text = script(command, "/", "/tmp", environment)
    return subprocess.run(["/bin/sh", "-c", text], env={}, capture_output=True, text=True, check=True).stdout


def test_arguments_arrive_as_they_are():
    odd = ["a b", "it's", "$HOME", "", "-n", "back\\slash", "new\nline"]
    assert run(["printf", "%s|", *odd]) == "|".join([*odd, ""])


def test_the_command_starts_in_the_hosts_folder(tmp_path):
    folder = tmp_path / "a folder"
    folder.mkdir()
    text = script(["pwd"], str(folder), "/tmp", {})
    assert subprocess.run(["sh", "-c", text], capture_output=True, text=True).stdout == f"{folder}\n"


def test_the_exit_code_is_the_commands():
    assert subprocess.run(["sh", "-c", script(["sh", "-c", "exit 7"], "/", "/tmp", {})]).returncode == 7


def test_what_the_project_reads_is_passed_on_and_nothing_else():
    said = run(["env"], ORALCAM_CAPTURES="5", PYTEST_ADDOPTS="-x", SECRET_TOKEN="s3cret", AWS_KEY="k")
    assert "ORALCAM_CAPTURES=5" in said
    assert "PYTEST_ADDOPTS=-x" in said
    assert "s3cret" not in said
    assert "AWS_KEY" not in said


def test_a_variable_that_is_named_is_passed_on():
    assert "export MINE=x" in script(["true"], "/", "/tmp", {"MINE": "x"}, also=["MINE"])


def test_the_share_is_named():
    assert "ORALCAM_VM_SHARE=/results\n" in script(["true"], "/", "/results", {"ORALCAM_VM_SHARE": "/old"})


def test_the_hosts_spool_and_emulators_are_not_the_vms():
    assert "ORALCAM_HOME=/run/oralcam" in script(["true"], "/", "/tmp", {})
