/*
 * Stands between a program and its disk: loaded before the C library, it sees what the program does to the files below
 * one folder. It writes all of that down, in order, so that what a power cut leaves can be worked out afterwards from
 * what was synced and what was not; and it can say no, as a full disk or a failing one does. A program that is killed
 * loses nothing of what it wrote, because the system keeps it; only such a record shows what the disk had been promised.
 *
 *   DISK_ROOT     the folder
 *   DISK_RECORD   a file outside of it that the record is appended to; absent: nothing is recorded and syncs are real
 *   DISK_TROUBLE  a file of one byte that says what goes wrong now: 0 nothing, 1 no file may grow, 2 syncs fail
 *   DISK_SYNC_US  how long a sync takes while a record is kept
 *
 * One record: this header, then `length` bytes: the name or the data. Written by one call to a file opened for
 * appending, so records of several threads do not mix.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPENED = 1, CREATED, WRITTEN, CUT_TO, SYNCED, SYNC_FAILED, FOLDER_SYNCED, REMOVED, RENAMED, FOLDER_MADE };
enum { FINE = 0, FULL = 1, FAILING = 2 };

struct header {
  uint32_t kind;
  uint32_t handle;
  uint64_t at;
  uint32_t length;
  uint32_t more;
};

#define MOST_FILES 65536
#define FOLDER 0x80000000u

static const char *root;
static size_t root_length;
static int record = -1;
static volatile const unsigned char *trouble;
static useconds_t sync_us;
/* What was opened under a file's number, and whether that is still it: not every way to close one passes here. */
static struct {
  uint32_t handle;
  dev_t device;
  ino_t inode;
} files[MOST_FILES];
static uint32_t next_handle;

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("DISK_TROUBLE");
  root = getenv("DISK_ROOT");
  if (!root) return;
  root_length = strlen(root);
  if (at) {
    int file = open(at, O_RDONLY | O_CLOEXEC);
    void *page = file < 0 ? MAP_FAILED : mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0);
    if (page == MAP_FAILED) abort();
    trouble = page;
    close(file);
  }
  at = getenv("DISK_SYNC_US");
  if (at) sync_us = (useconds_t)atoi(at);
  at = getenv("DISK_RECORD");
  if (!at) return;
  record = open(at, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (record < 0) abort();
}

static void note(uint32_t kind, uint32_t handle, uint64_t at, const void *data, size_t length, uint32_t more) {
  REAL(writev);
  struct header header = {kind, handle, at, (uint32_t)length, more};
  struct iovec parts[2] = {{&header, sizeof header}, {(void *)data, length}};
  int kept = errno;
  if (record >= 0 && real(record, parts, 2) != (ssize_t)(sizeof header + length)) abort();
  errno = kept;
}

/* The path within the folder, or NULL when it lies elsewhere. Shared memory of SQLite's is no file that survives. */
static const char *inside(const char *path) {
  size_t length;
  if (!root || !path || strncmp(path, root, root_length) != 0) return NULL;
  if (path[root_length] == 0) return ".";
  if (path[root_length] != '/') return NULL;
  length = strlen(path);
  if (length > 4 && strcmp(path + length - 4, "-shm") == 0) return NULL;
  return path + root_length + 1;
}

static uint32_t handle_of(int file) {
  struct stat now;
  int kept = errno, known;
  if (file < 0 || file >= MOST_FILES || !files[file].handle) return 0;
  known = fstat(file, &now) == 0 && now.st_dev == files[file].device && now.st_ino == files[file].inode;
  errno = kept;
  return known ? files[file].handle : 0;
}

static int troubled_by(unsigned char what) { return trouble && *trouble == what; }

static int refuses_growth(int file, uint64_t end) {
  struct stat now;
  if (!troubled_by(FULL) || !handle_of(file) || fstat(file, &now) != 0 || end <= (uint64_t)now.st_size) return 0;
  errno = ENOSPC;
  return 1;
}

static uint64_t place_of(int file) {
  int flags = fcntl(file, F_GETFL);
  struct stat now;
  if (flags >= 0 && (flags & O_APPEND) && fstat(file, &now) == 0) return (uint64_t)now.st_size;
  return (uint64_t)lseek(file, 0, SEEK_CUR);
}

/* Opening */

static int opened(int file, const char *path, int flags, int was_there) {
  const char *name = inside(path);
  struct stat now;
  if (file < 0 || file >= MOST_FILES) return file;
  files[file].handle = 0;
  if (!name || fstat(file, &now) != 0) return file;
  files[file].device = now.st_dev;
  files[file].inode = now.st_ino;
  files[file].handle = __sync_add_and_fetch(&next_handle, 1) | (S_ISDIR(now.st_mode) ? FOLDER : 0);
  if (S_ISDIR(now.st_mode)) return file;
  note(was_there ? OPENED : CREATED, files[file].handle, 0, name, strlen(name), 0);
  if (flags & O_TRUNC) note(CUT_TO, files[file].handle, 0, "", 0, 0);
  return file;
}

static int refuses_new(const char *path, int flags, int was_there) {
  if (was_there || !(flags & O_CREAT) || !inside(path) || !troubled_by(FULL)) return 0;
  errno = ENOSPC;
  return 1;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    mode_t mode = 0; \
    int was_there = 1; \
    if (flags & O_CREAT) { \
      va_list more; \
      va_start(more, flags); \
      mode = va_arg(more, mode_t); \
      va_end(more); \
      was_there = access(path, F_OK) == 0; \
    } \
    if (refuses_new(path, flags, was_there)) return -1; \
    return opened(real(path, flags, mode), path, flags, was_there); \
  }
OPEN(open)
OPEN(open64)

/* Writing */

static ssize_t written(int file, const void *data, ssize_t length, uint64_t at) {
  uint32_t handle = handle_of(file);
  if (length > 0 && handle) note(WRITTEN, handle, at, data, (size_t)length, 0);
  return length;
}

ssize_t write(int file, const void *data, size_t length) {
  REAL(write);
  uint64_t at;
  if (!handle_of(file)) return real(file, data, length);
  at = place_of(file);
  if (refuses_growth(file, at + length)) return -1;
  return written(file, data, real(file, data, length), at);
}

#define PWRITE(name) \
  ssize_t name(int file, const void *data, size_t length, off_t at) { \
    REAL(name); \
    if (refuses_growth(file, (uint64_t)at + length)) return -1; \
    return written(file, data, real(file, data, length, at), (uint64_t)at); \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

static ssize_t each_written(int file, const struct iovec *parts, int count, ssize_t length, uint64_t at) {
  ssize_t left = length;
  for (int part = 0; part < count && left > 0; part++) {
    ssize_t here = left < (ssize_t)parts[part].iov_len ? left : (ssize_t)parts[part].iov_len;
    written(file, parts[part].iov_base, here, at);
    at += (uint64_t)here;
    left -= here;
  }
  return length;
}

static uint64_t length_of(const struct iovec *parts, int count) {
  uint64_t length = 0;
  for (int part = 0; part < count; part++) length += parts[part].iov_len;
  return length;
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(writev);
  uint64_t at;
  if (!handle_of(file)) return real(file, parts, count);
  at = place_of(file);
  if (refuses_growth(file, at + length_of(parts, count))) return -1;
  return each_written(file, parts, count, real(file, parts, count), at);
}

#define PWRITEV(name) \
  ssize_t name(int file, const struct iovec *parts, int count, off_t at) { \
    REAL(name); \
    if (refuses_growth(file, (uint64_t)at + length_of(parts, count))) return -1; \
    return each_written(file, parts, count, real(file, parts, count, at), (uint64_t)at); \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define FTRUNCATE(name) \
  int name(int file, off_t length) { \
    REAL(name); \
    int answer; \
    if (refuses_growth(file, (uint64_t)length)) return -1; \
    answer = real(file, length); \
    if (answer == 0 && handle_of(file)) note(CUT_TO, handle_of(file), (uint64_t)length, "", 0, 0); \
    return answer; \
  }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

/* Syncing */

static int synced(int file, int (*real)(int)) {
  uint32_t handle = handle_of(file);
  if (!handle) return real(file);
  if (troubled_by(FAILING)) {
    note(SYNC_FAILED, handle, 0, "", 0, 0);
    errno = EIO;
    return -1;
  }
  if (record < 0) return real(file);
  if (sync_us) usleep(sync_us);
  note(handle & FOLDER ? FOLDER_SYNCED : SYNCED, handle, 0, "", 0, 0);
  return 0;
}

int fsync(int file) {
  REAL(fsync);
  return synced(file, real);
}

int fdatasync(int file) {
  REAL(fdatasync);
  return synced(file, real);
}

/* Names */

int unlink(const char *path) {
  REAL(unlink);
  const char *name = inside(path);
  int answer = real(path);
  if (answer == 0 && name) note(REMOVED, 0, 0, name, strlen(name), 0);
  return answer;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  const char *old_name = inside(from), *new_name = inside(to);
  int answer = real(from, to);
  if (answer == 0 && old_name && new_name) {
    char both[2 * PATH_MAX];
    int length = snprintf(both, sizeof both, "%s%c%s", old_name, 0, new_name);
    note(RENAMED, 0, 0, both, (size_t)length, 0);
  }
  return answer;
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  const char *name = inside(path);
  int answer;
  if (name && troubled_by(FULL) && access(path, F_OK) != 0) {
    errno = ENOSPC;
    return -1;
  }
  answer = real(path, mode);
  if (answer == 0 && name) note(FOLDER_MADE, 0, 0, name, strlen(name), 0);
  return answer;
}
