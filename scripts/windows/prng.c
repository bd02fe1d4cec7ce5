/* bcryptprimitives.dll for Wine 8, which has none; Rust's library asks it for random bytes. Never shipped: Windows has its own. */
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count) { return RtlGenRandom(bytes, count); }
