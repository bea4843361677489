"""What `oralcam outbox` does."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from oralcam.cli.terminal import aligned, aside, print_json
from oralcam.errors import DeliveriesWaiting, UsageError
from oralcam.files.paths import home_folder
from oralcam.outbox.delivery import Delivery, State
from oralcam.outbox.delivery_table import DeliveryTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace) -> int:
    """Show, retry or send; return 1 if something is dead (status), or not confirmed in the end (run)."""
    if arguments.action != "retry" and (arguments.record or arguments.sink):
        raise UsageError("--record and --sink are for retry.")
    if arguments.action != "run" and arguments.timeout is not None:
        raise UsageError("--timeout is for run.")
    home = Path(arguments.home or home_folder())
    with DeliveryTable(home / "outbox" / "outbox.sqlite") as table:
        if arguments.action == "retry":
            return _retry(table, arguments)
        if arguments.action == "run":
            _send(table, home, 60.0 if arguments.timeout is None else arguments.timeout)
        return _tell(table, arguments)


def _retry(table: DeliveryTable, arguments: Namespace) -> int:
    count = table.retry(arguments.record, arguments.sink, time.time())
    if arguments.json:
        print_json({"due_now": count})
    else:
        print(f"{count} deliveries are due now; a visit or `oralcam outbox run` sends them.")
    return 0


def _send(table: DeliveryTable, home: Path, patience_s: float) -> None:
    """Work on the outbox until nothing waits."""
    from oralcam.outbox.background import in_the_audit_log
    from oralcam.outbox.worker import Worker, only_worker
    from oralcam.record.store import RecordStore
    from oralcam.sinks.sinks_toml import set_up_sinks, sinks_file

    sinks = {sink.name: sink for sink in set_up_sinks(home / "outbox", sinks_file(home))}
    if not sinks:
        raise UsageError(f"No sink is set up: write {sinks_file(home)} (`oralcam guide records` shows how).")
    deadline = time.monotonic() + patience_s
    with only_worker(home / "outbox") as alone:
        if not alone:
            raise DeliveriesWaiting("Another program works on the outbox already: see `outbox status`.")
        store = RecordStore(home / "records")
        table.release(time.time(), time.time())
        worker = Worker(table, store, sinks, stage=in_the_audit_log(store))
        worker.run(lambda: table.next_due() is None or time.monotonic() >= deadline)
    for sink in sinks.values():
        sink.close()


def _tell(table: DeliveryTable, arguments: Namespace) -> int:
    deliveries = [
        delivery for delivery in table.deliveries() if arguments.all or delivery.state is not State.CONFIRMED
    ]
    if arguments.json:
        print_json([_record(delivery) for delivery in deliveries])
    elif deliveries:
        print(aligned([("RECORD", "SINK", "STATE", "TRIES", "NEXT", "WHY"), *map(_cells, deliveries)]))
    dead = sum(delivery.state is State.DEAD for delivery in deliveries)
    waiting = sum(delivery.state in (State.QUEUED, State.SENT) for delivery in deliveries)
    aside(f"{waiting} on their way, {dead} need somebody to look (`oralcam outbox retry`).")
    return 1 if dead or (arguments.action == "run" and waiting) else 0


def _cells(delivery: Delivery) -> tuple[str, ...]:
    return (
        delivery.record_id,
        delivery.sink,
        delivery.state.value,
        str(delivery.attempts),
        _moment(delivery.next_at)[11:19] if delivery.state in (State.QUEUED, State.SENT) else "-",
        delivery.said or "-",
    )


def _record(delivery: Delivery) -> dict[str, object]:
    times = {name: _moment(getattr(delivery, name)) for name in ("next_at", "queued_at", "changed_at")}
    return {**vars(delivery), **times, "state": delivery.state.value}


def _moment(unix_s: float) -> str:
    return datetime.fromtimestamp(unix_s).astimezone().isoformat(timespec="seconds")
