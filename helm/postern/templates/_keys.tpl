{{/* Base64url without padding (RFC 7515 section 2) from Base64. */}}
{{- define "postern.base64url" -}}
{{- . | replace "+" "-" | replace "/" "_" | trimAll "=" -}}
{{- end -}}

{{/* A key of 256 bits as a JWK. Takes `kid` and `alg`. */}}
{{- define "postern.octKey" -}}
{"kty":"oct","kid":{{ .kid | quote }},"alg":{{ .alg | quote }},"iat":{{ now | unixEpoch }},"k":{{ include "postern.base64url" (randBytes 32) | quote }}}
{{- end -}}

{{/* A signing key as a JWK. A P-256 key in DER (RFC 5915) has d, x and y of 32 bytes each in fixed places. Takes the `kid`. */}}
{{- define "postern.signingKey" -}}
{{- $der := regexReplaceAll "-----[A-Z ]+-----|\\s" (genPrivateKey "ecdsa") "" | b64dec -}}
{{- $d := $der | substr 7 39 | b64enc -}}
{{- $x := $der | substr 57 89 | b64enc -}}
{{- $y := $der | substr 89 121 | b64enc -}}
{"kty":"EC","crv":"P-256","kid":{{ . | quote }},"alg":"ES256","use":"sig","iat":{{ now | unixEpoch }},"d":{{ include "postern.base64url" $d | quote }},"x":{{ include "postern.base64url" $x | quote }},"y":{{ include "postern.base64url" $y | quote }}}
{{- end -}}

{{/*
What a Secret holds that is made once: as it is in the cluster, or `fresh` at the first installation. An upgrade never makes it anew, because
what was sealed or stored with the old one would be lost with it. Takes `root`, `name` and `fresh`, a map.
*/}}
{{- define "postern.madeOnce" -}}
{{- $found := lookup "v1" "Secret" .root.Release.Namespace .name -}}
{{- if $found.data -}}
{{- toYaml $found.data -}}
{{- else if .root.Release.IsUpgrade -}}
{{- fail (printf "the Secret %s is gone, and what it held cannot be made again: put it back from your copy before you upgrade" .name) -}}
{{- else -}}
{{- range $key, $value := .fresh }}
{{ $key }}: {{ $value | b64enc }}
{{- end -}}
{{- end -}}
{{- end -}}
