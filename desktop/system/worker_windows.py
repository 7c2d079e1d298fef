"""Puts a worker process into a Windows job: little memory, no children, gone when we are."""

import sys

if sys.platform == "win32":
    from ctypes import Structure, byref, c_size_t, sizeof, windll
    from ctypes.wintypes import DWORD, HANDLE, LARGE_INTEGER, ULARGE_INTEGER

    # JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h.
    _EXTENDED = 9
    _ACTIVE_PROCESS, _PROCESS_MEMORY = 0x0008, 0x0100
    _DIE_ON_UNHANDLED, _KILL_ON_CLOSE = 0x0400, 0x2000
    _MEMORY_BYTES = 480 * 1024 * 1024

    class _Basic(Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", LARGE_INTEGER),
            ("PerJobUserTimeLimit", LARGE_INTEGER),
            ("LimitFlags", DWORD),
            ("MinimumWorkingSetSize", c_size_t),
            ("MaximumWorkingSetSize", c_size_t),
            ("ActiveProcessLimit", DWORD),
            ("Affinity", c_size_t),
            ("PriorityClass", DWORD),
            ("SchedulingClass", DWORD),
        )

    class _Extended(Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ULARGE_INTEGER * 6),
            ("ProcessMemoryLimit", c_size_t),
            ("JobMemoryLimit", c_size_t),
            ("PeakProcessMemoryUsed", c_size_t),
            ("PeakJobMemoryUsed", c_size_t),
        )

    def confine(process_handle: int) -> bool:
        """Hold the process in a job of its own; the job ends with the process object.

        Says whether it is held: a system that refuses that leaves the process without limits.
        """
        kernel = windll.kernel32
        kernel.CreateJobObjectW.restype = HANDLE
        job = kernel.CreateJobObjectW(None, None)
        limits = _Extended()
        limits.BasicLimitInformation.LimitFlags = (
            _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_UNHANDLED | _KILL_ON_CLOSE
        )
        limits.BasicLimitInformation.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = _MEMORY_BYTES
        # Left open on purpose: the job lives as long as this program, and dies with it.
        return bool(
            job
            and kernel.SetInformationJobObject(
                HANDLE(job), _EXTENDED, byref(limits), sizeof(limits)
            )
            and kernel.AssignProcessToJobObject(HANDLE(job), HANDLE(process_handle))
        )
