import assert from 'node:assert/strict';
import type { DoctorReport } from '@alur/livechat-widget';
import type { HostilePage } from '../kit/hostile-page.ts';
import { BESIDE_CARD, NONCE } from '../kit/test-page.ts';
import type { Visit } from '../kit/visit.ts';

/** Policies that lack something: the report names the directive and what it has to allow. */
export const doctor: HostilePage = {
  name: 'doctor',
  about: 'policies that lack something, and what doctor() says of them',
  serve: ({ hostUrl, cdnUrl, tag }, inbox) => {
    const whole = {
      'script-src': `'nonce-${NONCE}' 'strict-dynamic'`,
      'connect-src': hostUrl,
      'trusted-types': "lit-html 'allow-duplicates'",
    };
    const page = (policy: Partial<typeof whole>) => ({
      widget: tag(inbox, { 'data-contact': 'mailto:help@shop.example' }),
      headers: {
        'Content-Security-Policy': [
          "default-src 'none'",
          "style-src 'self'",
          'img-src data:',
          "require-trusted-types-for 'script'",
          ...Object.entries(policy).map(([directive, sources]) => `${directive} ${sources}`),
        ].join('; '),
      },
    });
    const { 'connect-src': connect, 'trusted-types': types, ...scripts } = whole;
    const report = page(whole);
    return {
      '/whole': page(whole),
      '/no-host': page({ ...scripts, 'trusted-types': types }),
      '/other-types': page({ ...scripts, 'connect-src': connect, 'trusted-types': 'shop' }),
      // Allows only the entry's URL, not the files that it loads.
      '/no-files': {
        ...page({ ...whole, 'script-src': `'nonce-${NONCE}' ${cdnUrl}/livechat.js` }),
        widget: report.widget.replace(/nonce="[^"]+"/, ''),
      },
      // Reported but not blocked.
      '/report-only': {
        ...report,
        headers: { ...report.headers, 'Content-Security-Policy-Report-Only': "connect-src 'none'" },
      },
    };
  },
  async run(visit) {
    const { hostUrl, cdnUrl } = visit.stage;
    for (const path of ['/whole', '/report-only']) {
      await visit.goto(path);
      await visit.launcherIsThere();
      const report = await examined(visit);
      assert.ok(report.healthy, report.text);
    }

    await visit.goto('/no-host');
    await visit.launcherIsThere();
    assert.deepEqual(problems(await examined(visit), 'Policy'), [
      [`connect-src blocks ${hostUrl}`, `add ${hostUrl} to connect-src`],
    ]);

    await visit.goto('/other-types');
    await visit.launcherIsThere();
    const report = await examined(visit);
    const knowsTypes = await visit.look(() => 'trustedTypes' in globalThis);
    assert.deepEqual(
      problems(report, 'Trusted Types'),
      knowsTypes
        ? [
            [
              'the policy lit-html cannot be created a second time',
              "write trusted-types lit-html 'allow-duplicates'",
            ],
          ]
        : [],
      report.text,
    );
    if (knowsTypes) await offersAnotherWay(visit);

    // When the doctor itself is blocked, the button still has a function, and the browser names the
    // directive.
    await visit.goto('/no-files');
    await visit.launcherIsThere();
    const refused = await visit.look(() => probe.ask('doctor').then(String, String));
    assert.match(refused, /^TypeError: /);
    await visit.until(
      'the browser did not say what stopped the files',
      (cdn: string) =>
        probe.complaints.violations.some((line) => line.startsWith(`script-src-elem ${cdn}/panel-`)),
      cdnUrl,
    );
    await offersAnotherWay(visit);
  },
};

function examined(visit: Visit): Promise<DoctorReport> {
  return visit.look(() => probe.ask('doctor') as Promise<DoctorReport>);
}

function problems({ checks }: DoctorReport, name: string): unknown[] {
  return checks
    .filter((check) => check.name === name && check.finding === 'problem')
    .map(({ says, remedy }) => [says, remedy]);
}

async function offersAnotherWay(visit: Visit): Promise<void> {
  await visit.clickOn('.launcher');
  await visit.box('.card');
  await visit.until('there is no way to reach anybody', () =>
    probe.all('.card a').some((link) => link.getAttribute('href') === 'mailto:help@shop.example'),
  );
  await visit.siteWorks(BESIDE_CARD);
}
