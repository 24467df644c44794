{{- define "postern.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Room is left for the longest ending, `-migration`, within the 63 characters of a name. */}}
{{- define "postern.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "postern.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "postern.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "postern.selectorLabels" -}}
app.kubernetes.io/name: {{ include "postern.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Takes `root` and `component`: `server`, `migration`, `test`, `postgres` or `redis`. */}}
{{- define "postern.componentLabels" -}}
{{ include "postern.selectorLabels" .root }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Takes `more` too, labels that go before the common ones. */}}
{{- define "postern.labels" -}}
{{ include "postern.componentLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with merge (dict) (default (dict) .more) .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "postern.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The host of the issuer, without its port. */}}
{{- define "postern.issuerHost" -}}
{{- .Values.issuer | regexFind "//[^/:]+" | trimPrefix "//" -}}
{{- end -}}

{{- define "postern.databaseUrl" -}}
{{- if .Values.bundledPostgres.enabled -}}
jdbc:postgresql://{{ include "postern.fullname" . }}-postgres:5432/postern
{{- else -}}
{{ .Values.database.url }}
{{- end -}}
{{- end -}}

{{- define "postern.redisHosts" -}}
{{- if .Values.bundledRedis.enabled -}}
redis://{{ include "postern.fullname" . }}-redis:6379
{{- else -}}
{{ .Values.redis.hosts }}
{{- end -}}
{{- end -}}

{{- define "postern.keysSecret" -}}
{{- .Values.keys.existingSecret.name | default (printf "%s-keys" (include "postern.fullname" .)) -}}
{{- end -}}
