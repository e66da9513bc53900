/* CRC-32C (Castagnoli; RFC 3720, appendix B.4): by the processor where it has an instruction for it, else by tables.
 *
 * The state between `crc_update` calls is the register itself, not yet inverted. The tables live with the module, so
 * that nothing here is global. */
#ifndef CELLBOARD_CRC32C_H
#define CELLBOARD_CRC32C_H

#include "bytes.h"

#define CRC_ONES 0xFFFFFFFFu
#define CRC_POLYNOMIAL 0x82F63B78u /* 0x1EDC6F41, bit-reversed */

struct crc_engine;
typedef uint32_t crc_update(const struct crc_engine *, uint32_t, const uint8_t *, size_t);

typedef struct crc_engine {
    crc_update *update;
    uint32_t table[8][256]; /* what a byte adds that is followed by 0 to 7 others */
} crc_engine;

/* Slicing by 8: Kounavis and Berry, "A Systematic Approach to Building High Performance Software-Based CRC Generators",
 * 2005. */
static uint32_t crc_by_table(const crc_engine *engine, uint32_t crc, const uint8_t *p, size_t n)
{
    const uint32_t(*t)[256] = engine->table;
    for (; n >= 8; p += 8, n -= 8) {
        uint32_t low = load32(p) ^ crc, high = load32(p + 4);
        crc = t[7][low & 0xFF] ^ t[6][(low >> 8) & 0xFF] ^ t[5][(low >> 16) & 0xFF] ^ t[4][low >> 24] ^
              t[3][high & 0xFF] ^ t[2][(high >> 8) & 0xFF] ^ t[1][(high >> 16) & 0xFF] ^ t[0][high >> 24];
    }
    while (n--) crc = (crc >> 8) ^ t[0][(crc ^ *p++) & 0xFF];
    return crc;
}

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <nmmintrin.h>
#define CRC_IN_HARDWARE __attribute__((target("sse4.2")))
#define crc_step64 _mm_crc32_u64
#define crc_step32 _mm_crc32_u32
#define crc_step8 _mm_crc32_u8
static bool crc_hardware_is_there(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("sse4.2");
}
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#define CRC_IN_HARDWARE
#define crc_step64 __crc32cd
#define crc_step32 __crc32cw
#define crc_step8 __crc32cb
static bool crc_hardware_is_there(void)
{
    return true; /* the compiler was told so */
}
#endif

#ifdef CRC_IN_HARDWARE
CRC_IN_HARDWARE static uint32_t crc_by_hardware(const crc_engine *engine, uint32_t crc, const uint8_t *p, size_t n)
{
    (void)engine;
    for (; n >= 8; p += 8, n -= 8) crc = (uint32_t)crc_step64(crc, load64(p));
    if (n >= 4) {
        crc = crc_step32(crc, load32(p));
        p += 4, n -= 4;
    }
    while (n--) crc = crc_step8(crc, *p++);
    return crc;
}
#endif

static void crc_fill_tables(crc_engine *engine)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ CRC_POLYNOMIAL : crc >> 1;
        engine->table[0][byte] = crc;
    }
    for (uint32_t byte = 0; byte < 256; byte++)
        for (int after = 1; after < 8; after++) {
            uint32_t crc = engine->table[after - 1][byte];
            engine->table[after][byte] = (crc >> 8) ^ engine->table[0][crc & 0xFF];
        }
}

static void crc_set_up(crc_engine *engine)
{
    crc_fill_tables(engine);
    engine->update = crc_by_table;
#ifdef CRC_IN_HARDWARE
    if (crc_hardware_is_there()) engine->update = crc_by_hardware;
#endif
}

/* As a record stores it (TFRecord): rotated, plus a constant. */
static inline uint32_t crc_masked(const crc_engine *engine, const uint8_t *p, size_t n)
{
    uint32_t crc = engine->update(engine, CRC_ONES, p, n) ^ CRC_ONES;
    return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
}

#endif
