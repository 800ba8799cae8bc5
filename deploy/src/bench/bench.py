#!/usr/bin/env python3
"""What it costs to start the packaged daemon and to ask it, as ratios to a C program measured in turn.

Usage: bench.py DISTRIBUTION JAVA_HOME [ROUNDS]

Each round starts the baseline and the daemon one after the other, so that whatever else the machine
does meets both. Absolute figures of different runs cannot be compared; ratios can.
"""

import os
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

PATIENCE_SECONDS = 60
SETTLE_SECONDS = 2.0
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"  # and empty SETTINGS

CONFIG = """\
coffey:
  socket: {dir}/sock
  pid_file: {dir}/coffey.pid
  runtime_dir: {dir}/run
  state_dir: {dir}/state
  logs: {{dir: {dir}/logs}}
services:
  - name: stamp
    binary: {baseline}
    args: [stamp, {dir}/stamp]
"""


def now_ms():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) / 1e6


def until(what, condition, process):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        value = condition()
        if value is not None:
            return value
        if process.poll() is not None:
            sys.exit(f"bench: ended with {process.returncode} before {what}")
        if time.monotonic() > deadline:
            sys.exit(f"bench: no {what} within {PATIENCE_SECONDS} s")
        time.sleep(0.0005)


def stamped(directory):
    try:
        with open(os.path.join(directory, "stamp")) as file:
            text = file.read()
        return int(text) / 1e6 if text.endswith("\n") else None
    except FileNotFoundError:
        return None


def answered(directory, hello):
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(os.path.join(directory, "sock"))
            line.sendall(hello)
            return now_ms() if line.recv(9) else None
    except OSError:
        return None


def memory_mib(pid):
    """RSS, and the part of it that is the process's own."""
    fields = {}
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            key, _, value = line.partition(":")
            fields[key] = value.split()
    return int(fields["VmRSS"][0]) / 1024, int(fields["RssAnon"][0]) / 1024


def cpu_ms(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def run_once(argv, environment):
    """Wall and CPU milliseconds of a command that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = now_ms()
    done = subprocess.run(argv, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
    wall = now_ms() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"bench: {argv} ended with {done.returncode}: {done.stderr.decode()}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu * 1000


def one_round(figures, directory, daemon, client, hello, environment):
    def note(name, value):
        figures.setdefault(name, []).append(value)

    begin = now_ms()
    process = subprocess.Popen(daemon, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        note("exec to first service, ms", until("service", lambda: stamped(directory), process) - begin)
        note("exec to socket answering, ms", until("answer", lambda: answered(directory, hello), process) - begin)
        note("CPU until then, ms", cpu_ms(process.pid))
        for _ in range(3):
            wall, cpu = run_once(client, environment)
            note("status, cold, wall ms", wall)
            note("status, cold, CPU ms", cpu)
        time.sleep(SETTLE_SECONDS)
        rss, own = memory_mib(process.pid)
        note("RSS idle, MiB", rss)
        note("of it anonymous, MiB", own)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        children_of_baseline(process.pid)


def children_of_baseline(group):
    """The baseline leaves its service behind; it is in the group that was made for it."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


def fresh(directory):
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    return directory


def main():
    distribution, java_home = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    if not shutil.which("gcc"):
        sys.exit("bench: cannot measure without a baseline: gcc is not installed")
    scratch = tempfile.mkdtemp(prefix="coffey-bench-")
    try:
        baseline = os.path.join(scratch, "baseline")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "baseline.c")
        subprocess.run(["gcc", "-O2", "-o", baseline, source], check=True)
        environment = {"PATH": os.environ["PATH"], "HOME": scratch, "COFFEY_JAVA_HOME": java_home}
        ours, theirs = {}, {}
        for _ in range(rounds):
            place = fresh(os.path.join(scratch, "c"))
            one_round(theirs, place, [baseline, "daemon", f"{place}/sock", baseline, "stamp", f"{place}/stamp"],
                      [baseline, "client", f"{place}/sock"], b"", environment)
            place = fresh(os.path.join(scratch, "j"))
            with open(os.path.join(place, "coffey.yaml"), "w") as file:
                file.write(CONFIG.format(dir=place, baseline=baseline))
            one_round(ours, place, [f"{distribution}/bin/coffeyd", "--config", f"{place}/coffey.yaml"],
                      [f"{distribution}/bin/coffeyctl", "--socket", f"{place}/sock", "status"], PREFACE, environment)
        report(ours, theirs, rounds)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def report(ours, theirs, rounds):
    print(f"{rounds} rounds, median (least); baseline: one C program that does the least a supervisor can")
    print(f"{'':30}{'coffey':>18}{'baseline':>18}{'ratio':>9}")
    for name, values in ours.items():
        base = theirs[name]
        middle, base_middle = statistics.median(values), statistics.median(base)
        ratio = f"{middle / base_middle:8.1f}x" if base_middle > 0 else "        -"
        print(f"{name:30}{middle:9.1f} ({min(values):6.1f}){base_middle:9.1f} ({min(base):6.1f}){ratio}")


if __name__ == "__main__":
    main()
