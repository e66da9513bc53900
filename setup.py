"""The one thing about the build that pyproject.toml cannot say: the C extension, which depends on the interpreter.

It is optional. Where it cannot be compiled, and where CELLBOARD_NO_NATIVE is set (for a wheel that runs anywhere),
cellboard is built without it, and reads and writes event logs in Python.
"""

import os
import platform
import sys
import sysconfig
from pathlib import Path

from setuptools import Extension, setup

# The buffer protocol is part of the limited API from 3.11 on.
LIMITED_API = sys.version_info >= (3, 11)


def is_wanted() -> bool:
    """Tell whether this interpreter can have the extension: it counts on CPython and its lock, and on a C compiler."""
    return (
        not os.environ.get("CELLBOARD_NO_NATIVE")
        and platform.python_implementation() == "CPython"
        and sys.platform != "emscripten"
        and not sysconfig.get_config_var("Py_GIL_DISABLED")
    )


def extension() -> Extension:
    """Return what to compile."""
    macros = [("PY_SSIZE_T_CLEAN", None)]
    if LIMITED_API:
        macros.append(("Py_LIMITED_API", "0x030B0000"))
    return Extension(
        "cellboard.eventlog._native",
        ["eventlog/_native.c"],
        depends=[str(path) for path in sorted(Path("eventlog/native").glob("*.h"))],
        define_macros=macros,
        py_limited_api=LIMITED_API,
        optional=True,
    )


if is_wanted():
    options = {"bdist_wheel": {"py_limited_api": "cp311"}} if LIMITED_API else {}
    setup(ext_modules=[extension()], options=options)
else:
    setup()
