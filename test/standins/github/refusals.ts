// What GitHub says when it refuses, in its words. Pure.
import type { ApiAnswer } from '../api-server.ts';

const DOCS = 'https://docs.github.com/rest';

export function refusal(status: number, message: string): ApiAnswer {
  return { status, body: { message, documentation_url: DOCS, status: String(status) } };
}

/** @param permission that a fine-grained token would need */
export function forbidden(permission = 'pull_requests'): ApiAnswer {
  return {
    ...refusal(403, 'Resource not accessible by personal access token'),
    headers: { 'x-accepted-github-permissions': `${permission}=write` },
  };
}

export function withoutSignOn(project: string): ApiAnswer {
  const [owner = ''] = project.split('/');
  const words = 'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.';
  const url = `https://github.com/orgs/${owner}/sso?authorization_request=A`;
  return { ...refusal(403, words), headers: { 'x-github-sso': `required; url=${url}` } };
}

export function invalid(error: Readonly<Record<string, string>>): ApiAnswer {
  return { status: 422, body: { message: 'Validation Failed', errors: [error], documentation_url: DOCS, status: '422' } };
}
