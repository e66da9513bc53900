/* The frame of a record: length, CRC of the length, payload, CRC of the payload. */
#ifndef CELLBOARD_RECORD_H
#define CELLBOARD_RECORD_H

#define HEADER 12
#define FOOTER 4
#define MAX_PAYLOAD 0x7FFFFFFFu /* protobuf has no longer messages */

#endif
