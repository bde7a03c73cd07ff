/** Codes for tests, and keys to sign them with. */
import type { CodeIce, CodeSigner, InvitationFields, ReplyFields, Topic, VerifySignature } from '../../src/wire/index.ts'
import { SECRET } from './samples.ts'

/** Milliseconds since 1970 at which the samples were made. */
export const MADE_AT = 1_790_000_000_000

/** As Chromium describes itself on a LAN behind a NAT with STUN and TURN: names and addresses of every kind. */
export const ICE: CodeIce = {
  ufrag: 'wn+/',
  pwd: 'abcdefghijklmnopqrstuvwx',
  fingerprint: Uint8Array.from({ length: 32 }, (_, index) => index * 7),
  setup: 'actpass',
  candidates: [
    { type: 'host', address: '0f8fad5b-d9cb-469f-a165-70867728950e.local', port: 50_001 },
    { type: 'host', address: '192.168.1.23', port: 50_002 },
    { type: 'host', address: '2001:db8:0:0:0:0:0:7', port: 50_003 },
    { type: 'srflx', address: '203.0.113.9', port: 1 },
    { type: 'relay', address: '198.51.100.77', port: 65_535 },
  ],
}

export const INVITATION: InvitationFields = {
  kind: 'invitation', expiresAt: MADE_AT / 1_000 + 600, name: 'Ada Lovelace', topic: 'amber-otter-4821' as Topic, secret: SECRET, ice: ICE,
}

export const REPLY: ReplyFields = {
  kind: 'reply', expiresAt: INVITATION.expiresAt, name: 'Ben', invitation: 'AAECAwQFBgc', ice: { ...ICE, setup: 'active' },
}

/** A fresh Ed25519 key. */
export async function newSigner(): Promise<CodeSigner> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']) as CryptoKeyPair
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)),
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, new Uint8Array(bytes))),
  }
}

/** The signer of an Ed25519 key pair, from its private key in PKCS #8. */
export async function importSigner(pkcs8: Uint8Array): Promise<CodeSigner> {
  const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), 'Ed25519', true, ['sign'])
  const { x = '' } = await crypto.subtle.exportKey('jwk', key)
  return {
    publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, new Uint8Array(bytes))),
  }
}

/** Real verification. */
export const verify: VerifySignature = async (publicKey, bytes, signature) => {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(bytes))
}
