"""Starts what a systemd unit starts, as the unit says: its environment, its state folder, and every confinement of it that is
one of system calls (SystemCallFilter, MemoryDenyWriteExecute, RestrictAddressFamilies, NoNewPrivileges). Namespaces need root.
"""

import errno
import mmap
import os
import shlex
import socket
import subprocess
import sys
from collections import defaultdict

from seccomp import ALLOW, EQ, ERRNO, GT, MASKED_EQ, Arch, Arg, SyscallFilter, resolve_syscall

SHM_EXEC = 0o100000


def settings(path: str) -> dict[str, list[str]]:
    """Of [Service]: the values of each setting, in their order."""
    found, section = defaultdict(list), None
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if line.startswith("["):
            section = line
        elif section == "[Service]" and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[name].append(value)
    return found


def environment(unit: dict[str, list[str]]) -> dict[str, str]:
    lines = [assignment for line in unit["Environment"] for assignment in shlex.split(line)]
    for path in unit["EnvironmentFile"]:
        optional, path = path.startswith("-"), path.removeprefix("-")
        if not (optional and not os.path.exists(path)):
            lines += shlex.split(open(path, encoding="utf-8").read(), comments=True)
    return {"PATH": "/usr/bin:/bin", "HOME": unit["WorkingDirectory"][0], **dict(line.split("=", 1) for line in lines)}


def system_calls(names: list[str]) -> set[str]:
    """The names, where sets such as @network-io are taken apart as this systemd does."""
    calls = set()
    for name in names:
        if name.startswith("@"):
            told = subprocess.run(
                ["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True
            )
            lines = [line.strip() for line in told.stdout.splitlines()[1:]]
            calls |= system_calls([line for line in lines if line and not line.startswith("#")])
        else:
            calls.add(name)
    return calls


def confine(unit: dict[str, list[str]]) -> None:
    # Filters add up, and the strictest wins. Both begin with NoNewPrivileges, as libseccomp does by itself.
    refused = SyscallFilter(defaction=ALLOW)
    if unit["MemoryDenyWriteExecute"] == ["yes"]:
        both = mmap.PROT_WRITE | mmap.PROT_EXEC
        refused.add_rule(ERRNO(errno.EPERM), "mmap", Arg(2, MASKED_EQ, both, both))
        for call in ("mprotect", "pkey_mprotect"):
            refused.add_rule(ERRNO(errno.EPERM), call, Arg(2, MASKED_EQ, mmap.PROT_EXEC, mmap.PROT_EXEC))
        refused.add_rule(ERRNO(errno.EPERM), "shmat", Arg(2, MASKED_EQ, SHM_EXEC, SHM_EXEC))
    families = {getattr(socket, name) for line in unit["RestrictAddressFamilies"] for name in line.split()}
    if families:
        for family in set(range(max(families))) - families:
            refused.add_rule(ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, EQ, family))
        refused.add_rule(ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, GT, max(families)))
    refused.load()

    allowed: set[str] = set()
    for line in unit["SystemCallFilter"]:
        calls = system_calls(line.removeprefix("~").split())
        allowed = allowed - calls if line.startswith("~") else allowed | calls
    call_filter = SyscallFilter(defaction=ERRNO(errno.EPERM))
    for call in sorted(allowed):
        if resolve_syscall(Arch(), call) >= 0:
            call_filter.add_rule(ALLOW, call)
    call_filter.load()


def main() -> None:
    unit = settings(sys.argv[1])
    variables = environment(unit)
    folder = unit["WorkingDirectory"][0]
    os.makedirs(folder, mode=int(unit["StateDirectoryMode"][0], 8), exist_ok=True)
    os.umask(int(unit["UMask"][0], 8))
    os.chdir(folder)
    command = shlex.split(unit["ExecStart"][0])
    confine(unit)
    os.execve(command[0], command, variables)


if __name__ == "__main__":
    main()
