"""Spark Connect servers for the tests, each with two workers: Sail in this process, Apache Spark as a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running_app import free_port

_STARTS_WITHIN = 120.0


@contextmanager
def sail() -> Iterator[str]:
    """The address of a Sail server on a local cluster. Its clients' sessions must be stopped before the server is."""
    os.environ.update(SAIL_MODE="local-cluster", RUST_LOG="error")
    from pysail.spark import SparkConnectServer  # reads the environment when it is loaded

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    try:
        yield "sc://127.0.0.1:{1}".format(*server.listening_address)
    finally:
        server.stop()


@contextmanager
def apache_spark(log: Path) -> Iterator[str]:
    """The address of the Spark Connect server of $SPARK_HOME on a local cluster of two executors with 1 GB each."""
    port = free_port()
    line = [
        str(Path(os.environ["SPARK_HOME"]) / "sbin" / "start-connect-server.sh"),
        *("--master", "local-cluster[2,1,1024]", "--driver-memory", "1g"),
        *("--conf", f"spark.connect.grpc.binding.port={port}", "--conf", "spark.connect.grpc.binding.address=127.0.0.1"),
        *("--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=2"),
    ]
    around = {**os.environ, "SPARK_NO_DAEMONIZE": "1", "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOG_DIR": str(log.parent)}
    with log.open("wb") as printed:
        process = subprocess.Popen(line, cwd=log.parent, env=around, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        _wait(process, port, log)
        yield f"sc://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, 15)  # the script, the driver and its executors
        process.wait(60)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(f"no Spark Connect server:\n{log.read_text(encoding='utf-8', errors='replace')[-5000:]}")
