/**
 * The example workspace: a small shop in Bandung that sells coffee and household goods. It is imported once
 * into an empty database. After that the dashboard can change it.
 *
 * @module
 */
import type { AiQuestion, Workspace } from '@alur/host';
import { AFTER_SALES_FLOW, OPENING_HOURS_FLOW } from './workspace-flows.ts';

/** The account's secrets. The host and the partner's backend have them, browsers never do. */
export interface WorkspaceSecrets {
  apiKey: string;
  signingKey: string;
}

/** The Web Livechat inbox that the shop's page embeds. */
export const SHOP_INBOX_ID = 'inbox_web';

/** The agent that the demo signs in until the user chooses another one. */
export const FIRST_AGENT_ID = 'agt_budi';

const HOUSE_RULES: AiQuestion[] = [
  {
    question: 'Buka jam berapa?',
    alternatives: ['Jam buka toko', 'Jam operasional', 'Hari Minggu buka tidak', 'Tutup jam berapa'],
    answer: 'Toko buka Senin sampai Sabtu pukul 09.00–17.00 WIB. Hari Minggu kami tutup untuk menyangrai.',
  },
  {
    question: 'Alamat toko di mana?',
    alternatives: ['Lokasi toko', 'Bisa datang ke toko', 'Tokonya di mana'],
    answer: 'Jalan Braga 17, Bandung. Boleh mampir untuk mencicipi sebelum membeli.',
  },
];

const SERVICE_ANSWERS: AiQuestion[] = [
  {
    question: 'Berapa ongkos kirim?',
    alternatives: ['Ongkir ke Surabaya', 'Ongkir ke Jakarta', 'Biaya pengiriman', 'Gratis ongkir'],
    answer:
      'Ongkir Jawa Rp12.000 dan luar Jawa Rp25.000, rata untuk semua kota. Gratis untuk belanja di atas Rp300.000.',
  },
  {
    question: 'Kapan pesanan saya sampai?',
    alternatives: ['Berapa lama pengiriman', 'Pesanan belum datang', 'Estimasi tiba', 'Lama kirim'],
    answer: 'Pesanan sebelum pukul 14.00 dikirim hari itu juga. Jawa 1–3 hari, luar Jawa 3–6 hari kerja.',
  },
  {
    question: 'Bagaimana cara melacak pesanan?',
    alternatives: ['Nomor resi', 'Cek resi', 'Lacak paket', 'Status pesanan saya'],
    answer:
      'Nomor resi kami kirim lewat email begitu paket diserahkan ke kurir. Tempelkan nomor itu di situs kurirnya.',
  },
  {
    question: 'Bisa retur atau tukar barang?',
    alternatives: ['Cara retur', 'Tukar barang', 'Kembalikan barang', 'Refund'],
    answer:
      'Barang yang masih tersegel bisa ditukar dalam 14 hari. Kopi yang sudah dibuka tidak bisa, kecuali kami yang keliru.',
  },
  {
    question: 'Pembayarannya lewat apa?',
    alternatives: ['Metode pembayaran', 'Bisa COD', 'Bayar pakai QRIS', 'Transfer bank', 'Cicilan'],
    answer: 'Bisa QRIS, transfer BCA, Mandiri, dan BNI, kartu kredit, serta COD untuk Bandung.',
  },
  {
    question: 'Apakah ada garansi?',
    alternatives: ['Garansi barang pecah', 'Barang rusak saat sampai', 'Klaim garansi'],
    answer: 'Keramik bergaransi kirim 7 hari. Kirim foto barang dan kotaknya, kami ganti dengan yang baru.',
  },
  ...HOUSE_RULES,
];

const BARISTA_ANSWERS: AiQuestion[] = [
  {
    question: 'Kopi mana yang cocok untuk V60?',
    alternatives: ['Kopi untuk filter', 'Kopi untuk pour over', 'Rekomendasi kopi'],
    answer: 'Kintamani Basah: bersih dan segar, enak diseduh 1:15 dengan air 92 °C.',
  },
  {
    question: 'Kopinya bisa digiling?',
    alternatives: ['Ukuran gilingan', 'Giling halus', 'Beli kopi bubuk'],
    answer: 'Bisa, gratis. Tulis alat seduhnya di catatan pesanan, kami sesuaikan gilingannya.',
  },
  {
    question: 'Kapan kopi disangrai?',
    alternatives: ['Tanggal sangrai', 'Kopinya segar tidak', 'Kopi tahan berapa lama'],
    answer:
      'Setiap Selasa. Paling enak hari ke-7 sampai ke-30, simpan di tempat kering dan jangan di kulkas.',
  },
  {
    question: 'Kopi apa yang tidak terlalu asam?',
    alternatives: ['Kopi rendah asam', 'Kopi untuk espresso', 'Kopi susu', 'Kopi yang manis'],
    answer: 'Gayo Natural: cokelat dan stroberi matang, asamnya lembut. Cocok juga untuk kopi susu.',
  },
  {
    question: 'Cangkirnya aman untuk microwave?',
    alternatives: ['Cangkir bisa dicuci mesin', 'Merawat keramik', 'Cangkir tahan panas'],
    answer: 'Aman untuk microwave. Cuci dengan tangan supaya glasirnya awet.',
  },
  ...HOUSE_RULES,
];

/**
 * Returns the workspace in the format that a host imports.
 *
 * @param secrets the account's keys, created at the first start and kept with the data
 * @param origins current origins of the dashboard and the shop on this machine
 */
export function createWorkspace(
  secrets: WorkspaceSecrets,
  origins: { dashboard: string; shop: string },
): Workspace {
  return {
    account: {
      id: 'acc_toko_senja',
      name: 'Toko Senja',
      apiKeys: [secrets.apiKey],
      signingKey: secrets.signingKey,
      dashboardOrigins: [origins.dashboard],
    },
    labels: [
      { id: 'lbl_vip', name: 'VIP', color: '#8b5cf6' },
      { id: 'lbl_pesanan', name: 'Pesanan', color: '#0e9aa7' },
      { id: 'lbl_produk', name: 'Tanya produk', color: '#c2772c' },
      { id: 'lbl_garansi', name: 'Garansi', color: '#d1495b' },
      { id: 'lbl_retur', name: 'Retur', color: '#3b7dd8' },
      { id: 'lbl_di_luar_jam', name: 'Di luar jam', color: '#6b7280' },
    ],
    agents: [
      { id: 'agt_budi', name: 'Budi Santoso' },
      { id: 'agt_citra', name: 'Citra Lestari' },
      { id: 'agt_dewi', name: 'Dewi Anggraini' },
      { id: 'agt_eka', name: 'Eka Pratama' },
      { id: 'agt_farhan', name: 'Farhan Hidayat' },
      { id: 'agt_gita', name: 'Gita Maharani', online: false },
    ],
    teams: [
      { id: 'team_layanan', name: 'Layanan Pelanggan', agentIds: ['agt_budi', 'agt_citra', 'agt_gita'] },
      { id: 'team_vip', name: 'VIP & Grosir', agentIds: ['agt_dewi', 'agt_farhan'] },
      { id: 'team_purnajual', name: 'Purnajual', agentIds: ['agt_eka', 'agt_citra'] },
    ],
    aiAgents: [
      {
        id: 'ai_layanan',
        name: 'Senja',
        instructions:
          'Kamu Senja, asisten layanan pelanggan Toko Senja di Bandung. Jawab singkat, ramah, dan hanya dari daftar tanya jawab.',
        questions: SERVICE_ANSWERS,
        fallback: 'Saya belum tahu jawabannya. Saya teruskan ke tim kami, mohon tunggu sebentar ya.',
      },
      {
        id: 'ai_barista',
        name: 'Barista Senja',
        instructions:
          'Kamu barista Toko Senja. Bantu memilih kopi dan alat seduh. Jawab singkat dan hanya dari daftar tanya jawab.',
        questions: BARISTA_ANSWERS,
        fallback: 'Untuk yang itu saya tanyakan dulu ke tim sangrai, mohon tunggu sebentar ya.',
      },
    ],
    flows: [OPENING_HOURS_FLOW, AFTER_SALES_FLOW],
    inboxes: [
      {
        id: SHOP_INBOX_ID,
        name: 'Toko Senja',
        type: 'web-livechat',
        flow: OPENING_HOURS_FLOW.id,
        aiAgentId: 'ai_layanan',
        agentIds: [],
        teamIds: ['team_layanan'],
        origins: [origins.shop],
        appearance: {
          title: 'Toko Senja',
          greeting: 'Halo! Tanya apa saja soal kopi, pesanan, atau pengiriman.',
          accent: '#b4472a',
          position: 'end',
          fallbackContact: 'mailto:halo@tokosenja.example',
        },
        officeHours: {
          timeZone: 'Asia/Jakarta',
          ranges: [{ from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5, 6] }],
        },
      },
      {
        id: 'inbox_wa',
        name: 'WhatsApp Toko Senja',
        type: 'whatsapp',
        flow: AFTER_SALES_FLOW.id,
        aiAgentId: 'ai_layanan',
        agentIds: [],
        teamIds: ['team_layanan'],
      },
    ],
  };
}
