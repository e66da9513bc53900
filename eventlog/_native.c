/* cellboard.eventlog._native: what the event log does faster in C.
 *
 * Everything in here has a twin in Python that is tested to give the same; see native.py for how one is chosen. The
 * headers in native/ hold the parts: bytes, crc32c, record, wire, tensor and messages know the format; strings,
 * columns, pattern and found hold what is known; values, scan, frame, group and floats do the work; python_types, results and
 * walk_type show it to Python. Nothing in here is global. */
#include <Python.h>

#if PY_BIG_ENDIAN
#error "event logs are little-endian; Python reads them on this machine"
#endif

#include "native/floats.h"
#include "native/frame.h"
#include "native/group.h"
#include "native/python_types.h"
#include "native/walk_type.h"

/* Grows whenever native.py would no longer get along with a module that was built before. */
#define INTERFACE 4

#define WITHOUT_GIL_FROM 65536 /* bytes; below, letting go of it costs more than it helps */

static PyObject *native_crc32c(PyObject *module, PyObject *arguments)
{
    Py_buffer data;
    unsigned int crc = 0;
    int by_table = 0;
    const crc_engine *engine = &state_of(module)->crc;
    if (!PyArg_ParseTuple(arguments, "y*|Ip", &data, &crc, &by_table)) return NULL;
    crc_update *update = by_table ? crc_by_table : engine->update;
    crc ^= CRC_ONES;
    if (data.len < WITHOUT_GIL_FROM) {
        crc = update(engine, crc, data.buf, (size_t)data.len);
    } else {
        Py_BEGIN_ALLOW_THREADS
        crc = update(engine, crc, data.buf, (size_t)data.len);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&data);
    return PyLong_FromUnsignedLong(crc ^ CRC_ONES);
}

static PyObject *native_trim(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    pool_trim(state_of(module));
    Py_RETURN_NONE;
}

static PyMethodDef native_methods[] = {
    {"begin_walk", walk_begin, METH_VARARGS,
     "begin_walk(data, offset, plugins, key) -> Walk\n\nScan `data`, which lies at `offset` of a file. `plugins` is a "
     "list of pairs of bytes, tag and plugin; `key` is 16 random bytes."},
    {"count_rows", floats_count, METH_VARARGS,
     "count_rows(data) -> int\n\nHow many lines of `data` have something in them."},
    {"crc32c", native_crc32c, METH_VARARGS,
     "crc32c(data, crc=0, by_table=False) -> int\n\nCRC-32C of `data`, or of what has the CRC `crc` with `data` behind "
     "it; `by_table`: without the processor's instruction for it, even if it has one."},
    {"frame_events", frame_events, METH_VARARGS,
     "frame_events(events) -> bytes\n\nThe records of a list of events: tuples (tag, value, step, wall time) and "
     "serialized Events."},
    {"group", group_columns, METH_VARARGS,
     "group(tag, step, wall_time, value, tags) -> (ends, step, wall_time, value)\n\nThe columns of scalars with those "
     "of each tag together, in their order, and where those of each of the `tags` tags end."},
    {"parse_rows", floats_parse, METH_VARARGS,
     "parse_rows(data, dims, rows, out) -> bytes or None\n\nThe numbers of the lines that `rows` (int64, ascending; "
     "None: all) says, as float32 in `out`, which has room for them. What is given back are int64 triples of cells that "
     "are left to Python: offset, length and index of the number. None if a line has not `dims` cells."},
    {"trim", native_trim, METH_NOARGS, "trim()\n\nLet go of memory that is kept for the next scan."},
    {NULL, NULL, 0, NULL},
};

static int native_exec(PyObject *module)
{
    module_state *state = state_of(module);
    crc_set_up(&state->crc);
    state->column_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &column_spec, NULL);
    state->walk_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &walk_spec, NULL);
    if (!state->column_type || !state->walk_type) return -1;
    if (PyModule_AddIntConstant(module, "INTERFACE", INTERFACE) < 0) return -1;
    if (PyModule_AddIntConstant(module, "STOPPED", STOPPED) < 0) return -1;
    if (PyModule_AddIntConstant(module, "BAD_PAYLOAD", BAD_PAYLOAD) < 0) return -1;
    return PyModule_AddIntConstant(module, "NOT_MINE", NOT_MINE);
}

static int native_traverse(PyObject *module, visitproc visit, void *arg)
{
    module_state *state = state_of(module);
    Py_VISIT(state->column_type);
    Py_VISIT(state->walk_type);
    return 0;
}

static int native_clear(PyObject *module)
{
    module_state *state = state_of(module);
    Py_CLEAR(state->column_type);
    Py_CLEAR(state->walk_type);
    return 0;
}

static void native_free(void *module)
{
    native_clear(module);
    pool_trim(state_of(module));
}

static PyModuleDef_Slot native_slots[] = {
    {Py_mod_exec, native_exec},
    {0, NULL},
};

static PyModuleDef native_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cellboard.eventlog._native",
    .m_doc = "What the event log does faster in C.",
    .m_size = sizeof(module_state),
    .m_methods = native_methods,
    .m_slots = native_slots,
    .m_traverse = native_traverse,
    .m_clear = native_clear,
    .m_free = native_free,
};

PyMODINIT_FUNC PyInit__native(void)
{
    return PyModuleDef_Init(&native_module);
}
