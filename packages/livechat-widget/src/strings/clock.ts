/**
 * Language tags with a 12-hour clock: languages, English except in the listed regions, and Spanish and
 * Chinese in the listed ones. From CLDR 47.
 */
const TWELVE_HOURS =
  /^(?:(?:a[kmrs]|bn|dz|e[el]|fil|gu|hi|k[mnos]|m[ilrs]|o[mr]|pa|qu|s[adoq]|t[aeio]|ur)\b|en\b(?!-(?:AI|AT|B[EIWZ]|C[CHKMXZ]|D[EGK]|ES|F[IKRX]|G[BGIS]|HU|I[DELMOT]|JE|KE|M[GSTUV]|N[FGLORU]|P[LNT]|R[OW]|S[CEHIKX]|T[KVZ]|UG|Z[AW]|150)\b)|es-(?:AR|BO|C[LORU]|DO|EC|GT|HN|MX|NI|P[AEHRY]|SV|U[SY]|VE)\b|zh-(?:Hant|HK|M[OY]|SG|TW)\b)/;

/**
 * Returns true if times have AM and PM for the language tag `tag` (BCP 47). Not computed with `Intl`, because
 * its first use takes longer than opening the panel.
 */
export function hasTwelveHours(tag: string): boolean {
  return TWELVE_HOURS.test(tag);
}
