/*
 * A card in a reader, for tests: SoftHSM behind a PKCS#11 library that also counts wrong PINs, locks the PIN after three,
 * can be pulled out of its reader, has a pin pad, and can hide mechanisms. SoftHSM itself does none of that.
 *
 * Steered by files in the directory that CARD_DIR names:
 *   out        the card is not in the reader
 *   pulls      how often it was pulled: sessions end whenever the number changes
 *   pad        there is a pin pad, on which this PIN is typed
 *   cancel     the holder presses cancel
 *   hidden     mechanisms that the card does not have, in hexadecimal digits, one per line
 *   refused    mechanisms that it names and does not do, likewise
 *   wrong      how many wrong PINs in a row there were; written here
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CK_PTR *
#define CK_DECLARE_FUNCTION(returnType, name) returnType name
#define CK_DEFINE_FUNCTION(returnType, name) returnType name
#define CK_DECLARE_FUNCTION_POINTER(returnType, name) returnType(*name)
#define CK_CALLBACK_FUNCTION(returnType, name) returnType(*name)
#ifndef NULL_PTR
#define NULL_PTR 0
#endif
#include "pkcs11.h"

static CK_FUNCTION_LIST_PTR real;
static CK_FUNCTION_LIST own;
static long seen_pulls;

static void path_of(char *path, size_t size, const char *name)
{
  const char *dir = getenv("CARD_DIR");
  snprintf(path, size, "%s/%s", dir ? dir : "/nonexistent", name);
}

/* Content of a file without a line break; -1 when there is none. */
static int content(const char *name, char *text, size_t size)
{
  char path[1024];
  path_of(path, sizeof path, name);
  FILE *file = fopen(path, "r");
  if (!file)
    return -1;
  size_t length = fread(text, 1, size - 1, file);
  fclose(file);
  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
    length--;
  text[length] = 0;
  return (int)length;
}

static int is_there(const char *name)
{
  char text[8];
  return content(name, text, sizeof text) >= 0;
}

static long number(const char *name)
{
  char text[32];
  return content(name, text, sizeof text) >= 0 ? strtol(text, NULL, 10) : 0;
}

static void write_number(const char *name, long value)
{
  char path[1024];
  path_of(path, sizeof path, name);
  FILE *file = fopen(path, "w");
  if (!file)
    return;
  fprintf(file, "%ld", value);
  fclose(file);
}

/* What happens to sessions when the card goes: they end, whether or not it is back meanwhile. */
static CK_RV look(CK_RV absent)
{
  long pulls = number("pulls");
  int gone = pulls != seen_pulls;
  if (gone)
  {
    CK_SLOT_ID slots[16];
    CK_ULONG count = 16;
    seen_pulls = pulls;
    if (real->C_GetSlotList(CK_TRUE, slots, &count) == CKR_OK)
      for (CK_ULONG i = 0; i < count; i++)
        real->C_CloseAllSessions(slots[i]);
  }
  return is_there("out") ? absent : CKR_OK;
}

static int is_listed(const char *name, CK_MECHANISM_TYPE type)
{
  char text[256];
  if (content(name, text, sizeof text) < 0)
    return 0;
  for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
    if (strtoul(line, NULL, 16) == type)
      return 1;
  return 0;
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID_PTR list, CK_ULONG_PTR count)
{
  if (look(CKR_TOKEN_NOT_PRESENT) != CKR_OK && present)
  {
    *count = 0;
    return CKR_OK;
  }
  return real->C_GetSlotList(present, list, count);
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info)
{
  CK_RV rv = look(CKR_TOKEN_NOT_PRESENT);
  if (rv == CKR_OK)
    rv = real->C_GetTokenInfo(slot, info);
  if (rv != CKR_OK)
    return rv;
  long wrong = number("wrong");
  info->flags &= ~(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
  if (wrong >= 1)
    info->flags |= CKF_USER_PIN_COUNT_LOW;
  if (wrong == 2)
    info->flags |= CKF_USER_PIN_FINAL_TRY;
  if (wrong >= 3)
    info->flags |= CKF_USER_PIN_LOCKED;
  if (is_there("pad"))
    info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  return CKR_OK;
}

static CK_RV get_mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count)
{
  CK_RV rv = real->C_GetMechanismList(slot, list, count);
  if (rv != CKR_OK || list == NULL)
    return rv;
  CK_ULONG kept = 0;
  for (CK_ULONG i = 0; i < *count; i++)
    if (!is_listed("hidden", list[i]))
      list[kept++] = list[i];
  *count = kept;
  return CKR_OK;
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify, CK_SESSION_HANDLE_PTR session)
{
  CK_RV rv = look(CKR_TOKEN_NOT_PRESENT);
  return rv != CKR_OK ? rv : real->C_OpenSession(slot, flags, application, notify, session);
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length)
{
  char typed[64];
  CK_RV rv = look(CKR_DEVICE_REMOVED);
  if (rv != CKR_OK)
    return rv;
  if (number("wrong") >= 3)
    return CKR_PIN_LOCKED;
  if (is_there("cancel"))
    return CKR_FUNCTION_CANCELED;
  int pad = content("pad", typed, sizeof typed);
  if (pad >= 0)
  {
    if (length != 0)
      return CKR_ARGUMENTS_BAD;
    pin = (CK_UTF8CHAR_PTR)typed;
    length = (CK_ULONG)pad;
  }
  rv = real->C_Login(session, user, pin, length);
  if (rv == CKR_PIN_INCORRECT || rv == CKR_PIN_LEN_RANGE)
    write_number("wrong", number("wrong") + 1);
  if (rv == CKR_OK)
    write_number("wrong", 0);
  return rv;
}

static CK_RV find_objects_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count)
{
  CK_RV rv = look(CKR_DEVICE_REMOVED);
  return rv != CKR_OK ? rv : real->C_FindObjectsInit(session, template, count);
}

static CK_RV sign_init(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
  CK_RV rv = look(CKR_DEVICE_REMOVED);
  if (rv == CKR_OK && (is_listed("hidden", mechanism->mechanism) || is_listed("refused", mechanism->mechanism)))
    rv = CKR_MECHANISM_INVALID;
  return rv != CKR_OK ? rv : real->C_SignInit(session, mechanism, key);
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature, CK_ULONG_PTR size)
{
  CK_RV rv = look(CKR_DEVICE_REMOVED);
  return rv != CKR_OK ? rv : real->C_Sign(session, data, length, signature, size);
}

static CK_RV decrypt_init(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
  CK_RV rv = look(CKR_DEVICE_REMOVED);
  if (rv == CKR_OK && (is_listed("hidden", mechanism->mechanism) || is_listed("refused", mechanism->mechanism)))
    rv = CKR_MECHANISM_INVALID;
  return rv != CKR_OK ? rv : real->C_DecryptInit(session, mechanism, key);
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list)
{
  const char *library = getenv("CARD_LIBRARY");
  void *handle = dlopen(library ? library : "libsofthsm2.so", RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    return CKR_GENERAL_ERROR;
  CK_C_GetFunctionList get = (CK_C_GetFunctionList)dlsym(handle, "C_GetFunctionList");
  CK_RV rv = get ? get(&real) : CKR_GENERAL_ERROR;
  if (rv != CKR_OK)
    return rv;
  own = *real;
  own.C_GetFunctionList = C_GetFunctionList;
  own.C_GetSlotList = get_slot_list;
  own.C_GetTokenInfo = get_token_info;
  own.C_GetMechanismList = get_mechanism_list;
  own.C_OpenSession = open_session;
  own.C_Login = login;
  own.C_FindObjectsInit = find_objects_init;
  own.C_SignInit = sign_init;
  own.C_Sign = sign;
  own.C_DecryptInit = decrypt_init;
  seen_pulls = number("pulls");
  *list = &own;
  return CKR_OK;
}
