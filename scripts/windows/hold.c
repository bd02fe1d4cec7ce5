/* Holds a file as Excel does, shared with nobody, until another file is gone: hold.exe FILE SIGN. */
#include <windows.h>
#include <stdio.h>
int main(int count, char **args) {
  HANDLE file = CreateFileA(args[1], GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return 1;
  puts("held");
  fflush(stdout);
  while (GetFileAttributesA(args[2]) != INVALID_FILE_ATTRIBUTES) Sleep(20);
  CloseHandle(file);
  return count != 3;
}
