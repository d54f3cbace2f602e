"""Spark Connect servers for the tests, each with two workers: Sail in this process, Apache Spark as a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running_app import free_port

_STARTS_WITHIN = 120.0
_STOPS_WITHIN = 30.0
_JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=192m"
# Hundreds of small questions over little data: what costs is planning and starting tasks. So no generated code, no planning anew
# while a question runs, no broadcast for each join, classes looked up where Spark lies and not asked of the server, few lines in
# the logs, and a JVM for a short life. Two partitions a shuffle keep both executors at work on each question.
_CONF = {
    "spark.driver.host": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.log.level": "WARN",
    "spark.locality.wait": "0s",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.artifact.isolation.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.maxPlanStringLength": "100",
    "spark.driver.extraJavaOptions": _JVM,
    "spark.executor.extraJavaOptions": _JVM,
}


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
    """The address of the Spark Connect server of $SPARK_HOME: 1 GB, and a local cluster of two executors with 512 MB each."""
    port = free_port()
    line = [
        str(Path(os.environ["SPARK_HOME"]) / "bin" / "spark-submit"),
        *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
        *("--master", "local-cluster[2,1,512]", "--driver-memory", "1g"),
        *("--conf", f"spark.connect.grpc.binding.port={port}"),
        *(part for name, value in _CONF.items() for part in ("--conf", f"{name}={value}")),
    ]
    around = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    with log.open("wb") as printed:
        process = subprocess.Popen(line, cwd=log.parent, env=around, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        _wait(process, port, log)
        yield f"sc://127.0.0.1:{port}"
    finally:
        _stop(process)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(f"no Spark Connect server:\n{log.read_text(encoding='utf-8', errors='replace')[-5000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and its executors: all that runs in its process group, in the end by force."""
    deadline = time.monotonic() + _STOPS_WITHIN
    try:
        os.killpg(process.pid, signal.SIGTERM)
        while time.monotonic() < deadline:
            process.poll()  # else its own entry would keep the group alive
            os.killpg(process.pid, 0)
            time.sleep(0.2)
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
