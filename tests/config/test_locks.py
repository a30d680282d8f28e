"""Locks pin by hash and name no host."""

import check_locks


def test_locks_have_no_fault():
    assert check_locks.faults() == []


def test_address_in_requirements_is_found(tmp_path):
    lock = tmp_path / "x.txt"
    lock.write_text("--index-url https://example.org/simple\na==1 \\\n    --hash=sha256:00\nb==2\n")
    assert check_locks.faults_of_requirements(lock) == [
        "x.txt:1: names a host",
        "x.txt: not pinned by hash: --index-url https://example.org/simple",
        "x.txt: not pinned by hash: b==2",
    ]


def test_address_in_npm_lock_is_found():
    assert check_locks.faults_of_npm('{\n"resolved": "x"}') == ["package-lock.json:2: names a host"]
