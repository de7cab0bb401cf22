import type { OutboxFault } from '@alur/client';
import { ClientError, isClientError, type ClientErrorCode } from '@alur/client/dashboard';

/** Describes why the host refused a reply. */
export function describeFault(fault: OutboxFault | undefined): string {
  if (!fault) return '';
  if (fault.code === 'scope_missing') return 'Anda tidak boleh membalas di percakapan ini.';
  if (fault.code === 'too_large' || fault.code === 'invalid_request') {
    return 'Host tidak menerima isinya. Ubah, lalu kirim lagi.';
  }
  return describeError(new ClientError(fault.code as ClientErrorCode, fault.message));
}

/** Describes an error in this dashboard's language: what happened and what to do. */
export function describeError(error: unknown): string {
  if (!isClientError(error)) return 'Ada yang tidak berjalan. Muat ulang halaman ini, lalu coba lagi.';
  const problem = error.problem as
    | { detail?: string; inboxes?: { name: string }[]; handler?: { name: string } }
    | undefined;
  switch (error.code) {
    case 'network':
    case 'timeout':
      return 'Host tidak dapat dihubungi. Periksa apakah host masih berjalan, lalu coba lagi.';
    case 'unauthenticated':
    case 'token_expired':
      return 'Sesi masuk Anda sudah tidak berlaku. Muat ulang halaman ini.';
    case 'not_found':
      return 'Sudah tidak ada, atau bukan milik akun ini.';
    case 'version_conflict':
      return 'Sudah diubah orang lain sejak halaman ini dimuat. Periksa versi terbaru, lalu coba lagi.';
    case 'unknown_reference':
      return 'Salah satu pilihan sudah tidak ada di host. Muat ulang, lalu pilih lagi.';
    case 'in_use':
      return `Masih dipakai oleh ${(problem?.inboxes ?? []).map((inbox) => inbox.name).join(', ')}. Pilih flow lain di inbox itu dulu.`;
    case 'rate_limited':
    case 'overloaded':
      return 'Host sedang sibuk. Tunggu sebentar, lalu coba lagi.';
    case 'already_assigned':
      return `Percakapan ini baru saja diambil ${problem?.handler?.name ?? 'agen lain'}.`;
    case 'conversation_resolved':
      return 'Percakapan ini sudah di-Resolve. Percakapan berlanjut saat pengunjung menulis lagi.';
    case 'too_large':
      return 'Terlalu besar untuk disimpan.';
    default:
      return problem?.detail ?? error.message;
  }
}
