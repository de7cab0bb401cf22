/**
 * Returns whether `If-Match` or `If-None-Match` names the entity tag `etag` (RFC 9110, 13.1). Intermediaries
 * weaken tags (`W/"v3"`) and append a coding to them (`"v3-gzip"`, `"v3;br"`); such tags count as `"v3"`. `*`
 * names every tag.
 */
export function namesTag(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  const plain = etag.slice(1, -1);
  return header.split(',').some((item) => {
    const tag = /^(?:W\/)?"(.*)"$/.exec(item.trim())?.[1];
    return tag !== undefined && tag.startsWith(plain) && !/^[A-Za-z0-9]/.test(tag.slice(plain.length));
  });
}
