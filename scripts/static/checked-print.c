/* glibc's checked print, which LLVM's unwinder was built against, in terms of musl's own. */
#include <stdarg.h>
#include <stdio.h>
int __fprintf_chk(FILE *file, int flag, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int written = vfprintf(file, format, args);
  va_end(args);
  return written;
}
