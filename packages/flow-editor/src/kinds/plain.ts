/** The engine marks what an author wrote as `*…*`; in running text it stands in quotation marks. */
export function plain(text: string): string {
  return text.replace(/\*([^*]*)\*/g, '“$1”');
}
