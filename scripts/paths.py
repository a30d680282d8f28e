"""Where things are. Standard library only: these scripts run before the environment exists."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
UV_HOME = ROOT / ".uv"
UV = UV_HOME / "bin" / "uv"
