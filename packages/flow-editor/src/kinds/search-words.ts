/**
 * Synonyms of the steps in the add menu, in both languages: a user of one language may search a word of the
 * other. The shown names and hints are searched too.
 */
export const searchWords: Readonly<Record<string, string>> = {
  'first-message-text': 'kondisi syarat cabang jika bila teks pesan pertama kata kunci isi if text keyword',
  'first-message-time':
    'kondisi syarat cabang jika bila waktu jam hari jadwal libur buka tutup if time hours schedule',
  label: 'tindakan aksi label tag tanda beri kategori mark',
  collaborator: 'tindakan aksi kolaborator ajak tambah orang agen tim bantu people team invite',
  message: 'tindakan aksi kirim pesan balas teks gambar sapa send reply text image',
  webhook: 'tindakan aksi sistem integrasi api url kirim data crm',
  jump: 'tindakan aksi lompat loncat pindah lanjut ulang kembali go to',
  buttons: 'pesan tombol pilihan menu tanya question choice menu',
  'assign-ai': 'akhir selesai tugaskan serahkan alihkan teruskan agen ai bot robot hand over transfer finish',
  'assign-human':
    'akhir selesai tugaskan serahkan alihkan teruskan agen manusia orang tim cs hand over transfer people team finish',
  button: 'tombol pilihan jawaban choice',
};
