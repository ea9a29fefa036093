/** A role that takes on another keeps it for an hour at most: "Role chaining", IAM User Guide. */
export const MAX_DURATION_SEC = 3_600;
const MIN_DURATION_SEC = 900;

/** What is wrong with a request of AssumeRole, by its reference; undefined where nothing is. */
export function mistakeOf(durationSec: number, sessionName: string): string | undefined {
  if (!(durationSec >= MIN_DURATION_SEC && durationSec <= MAX_DURATION_SEC))
    return `DurationSeconds must be ${MIN_DURATION_SEC} to ${MAX_DURATION_SEC}`;
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName))
    return "RoleSessionName must have 2 to 64 letters, digits or characters of '_+=,.@-'";
  return undefined;
}

/** Who somebody is who has taken on a role. */
export const assumedRoleArn = (roleArn: string, sessionName: string): string =>
  `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${sessionName}`;
