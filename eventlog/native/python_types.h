/* What every part of the extension shares: the module's state, and columns that hand their memory to Python. */
#ifndef CELLBOARD_PYTHON_TYPES_H
#define CELLBOARD_PYTHON_TYPES_H

#include <Python.h>

#include "columns.h"
#include "crc32c.h"

/* A large file is scanned in pieces of one size, each of which needs the same memory. What a piece had is kept for the
 * next one, since fresh pages cost more time than the scan; `trim` lets go of it, and nothing is kept any more until the
 * next scan begins. Only under the GIL. */
#define POOL_BLOCKS 24
#define POOL_LEAST ((size_t)1 << 16) /* bytes of a block; less and more are not worth while */
#define POOL_MOST ((size_t)1 << 22)

typedef struct {
    void *memory;
    size_t size;
} block;

typedef struct {
    crc_engine crc;
    PyTypeObject *column_type, *walk_type;
    block pool[POOL_BLOCKS];
    bool keeps;
} module_state;

/* The smallest block of at least `*size` bytes, not much more; `*size` is then what it has. NULL if there is none. */
static void *pool_take(module_state *state, size_t *size)
{
    block *best = NULL;
    for (int at = 0; at < POOL_BLOCKS; at++) {
        block *kept = &state->pool[at];
        if (!kept->memory || kept->size < *size || kept->size - kept->size / 4 > *size) continue;
        if (!best || kept->size < best->size) best = kept;
    }
    if (!best) return NULL;
    void *memory = best->memory;
    *size = best->size;
    best->memory = NULL;
    return memory;
}

static void pool_give(module_state *state, void *memory, size_t size)
{
    bool fits = state->keeps && memory && size >= POOL_LEAST && size <= POOL_MOST;
    for (int at = 0; fits && at < POOL_BLOCKS; at++) {
        if (state->pool[at].memory) continue;
        state->pool[at] = (block){memory, size};
        return;
    }
    free(memory);
}

static void pool_trim(module_state *state)
{
    state->keeps = false;
    for (int at = 0; at < POOL_BLOCKS; at++) {
        free(state->pool[at].memory);
        state->pool[at].memory = NULL;
    }
}

static module_state *state_of(PyObject *module)
{
    return PyModule_GetState(module);
}

/* Memory that Python reads and writes through the buffer protocol. */
typedef struct {
    PyObject_HEAD
    void *memory;
    Py_ssize_t size; /* of what is in it, in bytes */
    size_t room;
} column_object;

static void column_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    module_state *state = PyType_GetModuleState(type);
    pool_give(state, ((column_object *)self)->memory, ((column_object *)self)->room);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static int column_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    static uint8_t nothing;
    column_object *of = (column_object *)self;
    return PyBuffer_FillInfo(view, self, of->memory ? of->memory : &nothing, of->size, 0, flags);
}

static PyType_Slot column_slots[] = {
    {Py_tp_doc, "Numbers that a scan found, as bytes: read it through the buffer protocol."},
    {Py_tp_dealloc, column_dealloc},
    {Py_bf_getbuffer, column_getbuffer},
    {0, NULL},
};

static PyType_Spec column_spec = {
    .name = "cellboard.eventlog._native.Column",
    .basicsize = sizeof(column_object),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = column_slots,
};

/* A column of `size` bytes at `*memory`, which has room for `room`. It takes that over: `*memory` is NULL then, even on
 * failure. Memory that is mostly empty is cut to what it holds. */
static PyObject *column_of(const module_state *state, void *memory, size_t size, size_t room)
{
    void *taken, *none = NULL;
    memcpy(&taken, memory, sizeof taken);
    memcpy(memory, &none, sizeof none);
    allocfunc make = (allocfunc)PyType_GetSlot(state->column_type, Py_tp_alloc);
    column_object *made = (column_object *)make(state->column_type, 0);
    if (!made) {
        free(taken);
        return NULL;
    }
    void *fitting = size && size < room / 2 ? realloc(taken, size) : NULL;
    made->memory = fitting ? fitting : taken;
    made->room = fitting ? size : room;
    made->size = (Py_ssize_t)size;
    return (PyObject *)made;
}

#endif
