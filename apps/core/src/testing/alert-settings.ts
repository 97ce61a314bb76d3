/** Settings of a core whose alerts go to servers of a test. */
export function alertEnv(smtpUrl: string): Record<string, string> {
  return {
    SMTP_URL: smtpUrl,
    ALERT_FROM: 'OCC Hub <hub@example.com>',
    ALERT_WEBHOOK_KEY: 'only-for-tests-only-for-tests-only-for-tests',
    ALERT_WEBHOOKS_ANY: 'on',
    APP_URL: 'https://app.example.com/integrations',
  };
}
