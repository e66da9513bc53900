/* What every part of the extension shares: the module's state, and columns that hand their memory to Python. */
#ifndef CELLBOARD_PYTHON_TYPES_H
#define CELLBOARD_PYTHON_TYPES_H

#include <Python.h>

#include "columns.h"
#include "crc32c.h"

typedef struct {
    crc_engine crc;
    PyTypeObject *column_type, *walk_type;
} module_state;

static module_state *state_of(PyObject *module)
{
    return PyModule_GetState(module);
}

/* Memory that Python reads and writes through the buffer protocol. */
typedef struct {
    PyObject_HEAD
    void *memory;
    Py_ssize_t size;
} column_object;

static void column_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    free(((column_object *)self)->memory);
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

/* A column of the `rows` rows at `*memory`, which it takes over: `*memory` is NULL then, failure or not. */
static PyObject *column_of(const module_state *state, void *memory, size_t rows, size_t width)
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
    void *fitting = rows && taken ? realloc(taken, rows * width) : NULL;
    made->memory = fitting ? fitting : taken;
    made->size = (Py_ssize_t)(rows * width);
    return (PyObject *)made;
}

#endif
