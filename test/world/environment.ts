/**
 * What functions find in their environment besides what the template says; loggers read it as soon as they are imported, so
 * this is imported before them.
 */
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAWORLD',
  AWS_SECRET_ACCESS_KEY: 'a-secret-of-this-world',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_METRICS_NAMESPACE: 'Gloss',
});
