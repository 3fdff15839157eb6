import { demonstrationLetter, demonstrationSignIns, DEMONSTRATION_PASSWORD } from '../fixtures/load-town.ts';
import type { Huiyin } from './compose.ts';
import { outboxTroubles } from './notices/outbox-troubles.ts';
import type { Config } from './platform/config.ts';

/** What is printed once the program serves: the addresses and, for the demonstration town alone, its sign-ins. */
export async function welcome(config: Config, huiyin: Huiyin, rootDir: string): Promise<string> {
  const town = await huiyin.services.directory.town();
  const { baseUrl } = config;
  const lines = [
    '',
    `回音 Huiyin · ${town?.name.zh ?? ''} ${town?.name.en ?? ''}`,
    `  citizens   市民      ${baseUrl}/`,
    `  staff      工作人员  ${baseUrl}/sign-in`,
    `  live board 实时看板  ${baseUrl}/board`,
  ];
  if (!town?.isDemonstration) {
    // Said at every start: an office must not believe that its leaders are being reminded when they are not.
    const missing = [
      ...(config.smtpUrl ? [] : ['  no mail is sent: set SMTP_URL  未设置 SMTP_URL，不会发出邮件']),
      ...(config.smsUrl ? [] : ['  no SMS is sent: set SMS_URL  未设置 SMS_URL，不会发出短信']),
      ...(outboxTroubles(config).includes('localLinks')
        ? [
            '  links in messages open on this machine only: set BASE_URL  未设置 BASE_URL，消息里的链接只有本机打得开',
          ]
        : []),
    ];
    return [...lines, ...missing, ''].join('\n');
  }
  const letter = await demonstrationLetter(huiyin);
  return [
    ...lines,
    '',
    `This is the demonstration town. Sign in with the password ${DEMONSTRATION_PASSWORD} as`,
    ...demonstrationSignIns(rootDir).map(
      ({ username, role, unit }) => `  ${username.padEnd(14)} ${role.padEnd(14)} ${unit}`,
    ),
    ...(letter ? [`Follow a letter: number ${letter.number}, code ${letter.code}`] : []),
    'A town of your own: DATA_DIR=my-town npm run setup',
    '',
  ].join('\n');
}
