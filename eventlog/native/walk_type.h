/* The type `Walk`: a scan as Python drives it. */
#ifndef CELLBOARD_WALK_TYPE_H
#define CELLBOARD_WALK_TYPE_H

#include "results.h"

typedef struct {
    PyObject_HEAD
    Py_buffer data;
    module_state *state;
    PyObject *module; /* keeps `state` */
    scan scan;
    bool is_busy;   /* a thread is walking, without the GIL */
    bool is_usable; /* false once memory ran out, and once it was finished */
} walk;

static bool walk_is_ready(const walk *self)
{
    if (self->is_busy || !self->is_usable)
        PyErr_SetString(PyExc_RuntimeError, self->is_busy ? "another thread is walking" : "the walk is finished");
    return !self->is_busy && self->is_usable;
}

static PyObject *walk_no_memory(walk *self)
{
    self->is_usable = false;
    return PyErr_NoMemory();
}

static span span_of(const char *text, Py_ssize_t size)
{
    return (span){(const uint8_t *)text, (size_t)size};
}

static bool walk_learn(walk *self, PyObject *plugins)
{
    for (Py_ssize_t at = 0, count = PyList_Size(plugins); at < count; at++) {
        const char *tag, *plugin;
        Py_ssize_t tag_size, plugin_size;
        if (!PyArg_ParseTuple(PyList_GetItem(plugins, at), "y#y#", &tag, &tag_size, &plugin, &plugin_size))
            return false;
        int32_t tag_number = scan_tag(&self->scan, span_of(tag, tag_size));
        int32_t plugin_number = scan_plugin(&self->scan, span_of(plugin, plugin_size));
        if (tag_number < 0 || plugin_number < 0) {
            PyErr_NoMemory();
            return false;
        }
        scan_note_plugin(&self->scan, tag_number, plugin_number);
    }
    return true;
}

/* Begin with columns that an earlier scan had, if they are large enough for all that is expected. */
static void walk_take_columns(walk *self)
{
    size_t room = more_room(0, self->scan.data.n), sizes[4];
    void *columns[4];
    int count = 0;
    for (; count < 4; count++) {
        sizes[count] = room * (count ? 8 : 4);
        if (sizes[count] < POOL_LEAST || !(columns[count] = pool_take(self->state, &sizes[count]))) break;
    }
    if (count == 4)
        self->scan.scalars = (scalar_columns){0, room, columns[0], columns[1], columns[2], columns[3]};
    else
        while (count--) pool_give(self->state, columns[count], sizes[count]);
}

static void walk_release(walk *self)
{
    scalar_columns *of = &self->scan.scalars;
    if (self->state && of->room) {
        pool_give(self->state, of->tag, of->room * 4);
        pool_give(self->state, of->step, of->room * 8);
        pool_give(self->state, of->wall_time, of->room * 8);
        pool_give(self->state, of->value, of->room * 8);
        *of = (scalar_columns){0};
    }
    scan_free(&self->scan);
    if (self->data.obj) PyBuffer_Release(&self->data);
    self->is_usable = false;
}

static void walk_dealloc(PyObject *object)
{
    walk *self = (walk *)object;
    PyTypeObject *type = Py_TYPE(object);
    walk_release(self);
    Py_XDECREF(self->module);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

/* walk(module, data, offset, plugins, key): `Walk` has no constructor of its own, because that could not be told the
 * module in every version of Python. */
static PyObject *walk_begin(PyObject *module, PyObject *arguments)
{
    PyObject *data, *plugins;
    long long offset;
    const char *key;
    Py_ssize_t key_size;
    uint64_t words[2];
    module_state *state = state_of(module);
    if (!PyArg_ParseTuple(arguments, "OLO!y#", &data, &offset, &PyList_Type, &plugins, &key, &key_size)) return NULL;
    if (key_size != sizeof words || offset < 0) {
        PyErr_SetString(PyExc_ValueError, "the key has 16 bytes, and the offset is not negative");
        return NULL;
    }
    memcpy(words, key, sizeof words);
    allocfunc make = (allocfunc)PyType_GetSlot(state->walk_type, Py_tp_alloc);
    walk *self = (walk *)make(state->walk_type, 0);
    if (!self) return NULL;
    Py_INCREF(module);
    self->module = module;
    self->state = state;
    if (PyObject_GetBuffer(data, &self->data, PyBUF_SIMPLE) < 0) goto failed;
    if (offset > INT64_MAX - self->data.len) {
        PyErr_SetString(PyExc_ValueError, "no file reaches that far");
        goto failed;
    }
    span bytes = self->data.len ? span_of(self->data.buf, self->data.len) : span_of("", 0);
    if (!scan_set_up(&self->scan, &state->crc, bytes, offset, words)) {
        PyErr_NoMemory();
        goto failed;
    }
    state->keeps = true;
    walk_take_columns(self);
    if (!walk_learn(self, plugins)) goto failed;
    self->is_usable = true;
    return (PyObject *)self;
failed:
    Py_DECREF(self);
    return NULL;
}

static PyObject *walk_follow(PyObject *object, PyObject *arguments)
{
    walk *self = (walk *)object;
    Py_ssize_t at;
    size_t begin, length = 0;
    verdict said;
    if (!PyArg_ParseTuple(arguments, "n", &at) || !walk_is_ready(self)) return NULL;
    if (at < 0 || at > self->data.len) {
        PyErr_SetString(PyExc_IndexError, "outside of the buffer");
        return NULL;
    }
    begin = (size_t)at;
    self->is_busy = true;
    Py_BEGIN_ALLOW_THREADS
    said = scan_walk(&self->scan, &begin, &length);
    Py_END_ALLOW_THREADS
    self->is_busy = false;
    if (said == NO_MEMORY) return walk_no_memory(self);
    return Py_BuildValue("inn", (int)said, (Py_ssize_t)begin, said == STOPPED ? (Py_ssize_t)0 : (Py_ssize_t)length);
}

static PyObject *walk_plugin_of(PyObject *object, PyObject *arguments)
{
    walk *self = (walk *)object;
    const char *tag;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(arguments, "y#", &tag, &size) || !walk_is_ready(self)) return NULL;
    int32_t number = strings_find(&self->scan.tags, span_of(tag, size));
    span plugin = string_at(&self->scan.plugins, number < 0 ? NO_PLUGIN : scan_plugin_of(&self->scan, number));
    return PyBytes_FromStringAndSize((const char *)plugin.p, (Py_ssize_t)plugin.n);
}

static PyObject *walk_add_scalar(PyObject *object, PyObject *arguments)
{
    walk *self = (walk *)object;
    const char *tag;
    Py_ssize_t size;
    long long step;
    double wall_time, number;
    if (!PyArg_ParseTuple(arguments, "y#Ldd", &tag, &size, &step, &wall_time, &number) || !walk_is_ready(self))
        return NULL;
    int32_t tag_number = scan_tag(&self->scan, span_of(tag, size));
    if (tag_number < 0 || !scan_add_scalar(&self->scan, tag_number, step, wall_time, number))
        return walk_no_memory(self);
    Py_RETURN_NONE;
}

static PyObject *walk_add_entry(PyObject *object, PyObject *arguments)
{
    walk *self = (walk *)object;
    const char *kind, *tag;
    Py_ssize_t kind_size, tag_size, begin, length;
    long long step;
    double wall_time;
    int item;
    if (!PyArg_ParseTuple(arguments, "y#y#Ldnni", &kind, &kind_size, &tag, &tag_size, &step, &wall_time, &begin,
                          &length, &item) ||
        !walk_is_ready(self))
        return NULL;
    int32_t tag_number = scan_tag(&self->scan, span_of(tag, tag_size));
    int32_t plugin = scan_plugin(&self->scan, span_of(kind, kind_size));
    if (tag_number < 0 || plugin < 0 ||
        !scan_add_entry(&self->scan, plugin, tag_number, step, wall_time, (size_t)begin, (size_t)length, item))
        return walk_no_memory(self);
    Py_RETURN_NONE;
}

static PyObject *walk_add_metadata(PyObject *object, PyObject *arguments)
{
    walk *self = (walk *)object;
    const char *tag, *plugin;
    Py_ssize_t tag_size, plugin_size;
    if (!PyArg_ParseTuple(arguments, "y#y#", &tag, &tag_size, &plugin, &plugin_size) || !walk_is_ready(self))
        return NULL;
    int32_t tag_number = scan_tag(&self->scan, span_of(tag, tag_size));
    int32_t plugin_number = scan_plugin(&self->scan, span_of(plugin, plugin_size));
    if (tag_number < 0 || plugin_number < 0) return walk_no_memory(self);
    scan_note_plugin(&self->scan, tag_number, plugin_number);
    tag_state *state = &self->scan.states[tag_number];
    bool is_first_of_tag = !state->has_metadata;
    state->has_metadata = true; /* without bytes of its own: the caller keeps it */
    return PyBool_FromLong(is_first_of_tag);
}

static PyObject *walk_rows(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    walk *self = (walk *)object;
    if (!walk_is_ready(self)) return NULL;
    return Py_BuildValue("nn", (Py_ssize_t)self->scan.scalars.rows, (Py_ssize_t)self->scan.entries.rows);
}

static PyObject *walk_finish(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    walk *self = (walk *)object;
    if (!walk_is_ready(self)) return NULL;
    scan *at = &self->scan;
    PyObject *tags = python_tags(at), *kinds = python_kinds(at), *metadata = python_metadata(at), *found = NULL;
    if (tags && kinds && metadata) {
        PyObject *scalars = python_scalars(self->state, &at->scalars);
        PyObject *entries = python_entries(self->state, &at->entries);
        if (scalars && entries)
            found = Py_BuildValue("OOOOOddK", tags, kinds, scalars, entries, metadata, at->first_wall_time,
                                  at->last_wall_time, (unsigned long long)at->events);
        Py_XDECREF(scalars);
        Py_XDECREF(entries);
    }
    Py_XDECREF(tags);
    Py_XDECREF(kinds);
    Py_XDECREF(metadata);
    walk_release(self);
    return found;
}

static PyMethodDef walk_methods[] = {
    {"follow", walk_follow, METH_VARARGS,
     "follow(at) -> (verdict, begin, length)\n\nRead the records from `at` on, up to one that the caller has to look "
     "at, or to where none begins."},
    {"plugin_of", walk_plugin_of, METH_VARARGS,
     "plugin_of(tag) -> plugin\n\nPlugin of a tag (both bytes) according to the records before the one at hand."},
    {"add_scalar", walk_add_scalar, METH_VARARGS,
     "add_scalar(tag, step, wall_time, value)\n\nNote a scalar of the record at hand."},
    {"add_entry", walk_add_entry, METH_VARARGS,
     "add_entry(kind, tag, step, wall_time, begin, length, item)\n\nNote an entry of the record at hand."},
    {"add_metadata", walk_add_metadata, METH_VARARGS,
     "add_metadata(tag, plugin) -> is_first\n\nNote which plugin the record at hand names for a tag."},
    {"rows", walk_rows, METH_NOARGS, "rows() -> (scalars, entries)\n\nHow many of each there are so far."},
    {"finish", walk_finish, METH_NOARGS,
     "finish() -> (tags, kinds, scalars, entries, metadata, first_wall_time, last_wall_time, events)\n\n"
     "Everything that was found; the walk ends."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot walk_slots[] = {
    {Py_tp_doc, "A scan of a buffer, from record to record; `begin_walk` makes it."},
    {Py_tp_dealloc, walk_dealloc},
    {Py_tp_methods, walk_methods},
    {0, NULL},
};

static PyType_Spec walk_spec = {
    .name = "cellboard.eventlog._native.Walk",
    .basicsize = sizeof(walk),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = walk_slots,
};

#endif
