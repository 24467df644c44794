{{/*
The settings of the service that are not secret, as environment variables: one map, which the ConfigMap holds and the Job of
the migrations, which runs before there is a ConfigMap, takes over.
*/}}
{{- define "postern.settings" -}}
{{- $v := .Values -}}
POSTERN_ISSUER: {{ $v.issuer | quote }}
{{- with $v.publicUrl }}
POSTERN_PUBLIC_URL: {{ . | quote }}
{{- end }}
POSTERN_KEYS_RING_FILE: /etc/postern/keys/ring.jwks
POSTERN_KEYS_VERIFICATION_FILE: /etc/postern/keys/verification.jwks
POSTERN_KEYS_ACCESS_FILE: /etc/postern/keys/access.jwks
{{- with $v.keys.lost }}
POSTERN_KEYS_LOST: {{ join "," . | quote }}
{{- end }}
QUARKUS_DATASOURCE_JDBC_URL: {{ include "postern.databaseUrl" . | quote }}
{{- if not $v.database.existingSecret.usernameKey }}
QUARKUS_DATASOURCE_USERNAME: {{ ternary "postern" $v.database.username $v.bundledPostgres.enabled | quote }}
{{- end }}
QUARKUS_DATASOURCE_JDBC_MAX_SIZE: {{ $v.database.maxSize | int64 | quote }}
QUARKUS_REDIS_HOSTS: {{ include "postern.redisHosts" . | quote }}
QUARKUS_REDIS_CLIENT_TYPE: {{ $v.redis.clientType | quote }}
{{- if eq $v.redis.clientType "sentinel" }}
QUARKUS_REDIS_MASTER_NAME: {{ $v.redis.masterName | quote }}
{{- end }}
{{- with $v.redis.tlsConfigurationName }}
QUARKUS_REDIS_TLS_CONFIGURATION_NAME: {{ . | quote }}
{{- end }}
QUARKUS_REDIS_MAX_POOL_SIZE: {{ $v.redis.maxPoolSize | int64 | quote }}
{{- with $v.mail }}
{{- if .from }}
POSTERN_MAIL_FROM: {{ .from | quote }}
QUARKUS_MAILER_HOST: {{ .host | quote }}
QUARKUS_MAILER_PORT: {{ .port | int64 | quote }}
QUARKUS_MAILER_START_TLS: {{ ternary "DISABLED" .startTls .tls | quote }}
QUARKUS_MAILER_TLS: {{ .tls | quote }}
QUARKUS_MAILER_LOGIN: {{ .login | quote }}
{{- with .tlsConfigurationName }}
QUARKUS_MAILER_TLS_CONFIGURATION_NAME: {{ . | quote }}
{{- end }}
{{- with .username }}
QUARKUS_MAILER_USERNAME: {{ . | quote }}
{{- end }}
{{- with .authMethods }}
QUARKUS_MAILER_AUTH_METHODS: {{ . | quote }}
{{- end }}
{{- with .ownHostName }}
QUARKUS_MAILER_OWN_HOST_NAME: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- with $v.sms.providers }}
POSTERN_SMS_PROVIDERS: {{ join "," . | quote }}
{{- end }}
{{- if has "twilio" $v.sms.providers }}
{{- with $v.sms.twilio }}
POSTERN_SMS_TWILIO_URL: {{ .url | quote }}
{{- if not .existingSecret.accountSidKey }}
POSTERN_SMS_TWILIO_ACCOUNT_SID: {{ .accountSid | quote }}
{{- end }}
{{- with .from }}
POSTERN_SMS_TWILIO_FROM: {{ . | quote }}
{{- end }}
{{- with .messagingServiceSid }}
POSTERN_SMS_TWILIO_MESSAGING_SERVICE_SID: {{ . | quote }}
{{- end }}
POSTERN_SMS_TWILIO_CONNECT_TIMEOUT: {{ .connectTimeout | quote }}
POSTERN_SMS_TWILIO_READ_TIMEOUT: {{ .readTimeout | quote }}
{{- end }}
{{- end }}
{{- if has "http" $v.sms.providers }}
{{- with $v.sms.http }}
POSTERN_SMS_HTTP_URL: {{ .url | quote }}
POSTERN_SMS_HTTP_CONNECT_TIMEOUT: {{ .connectTimeout | quote }}
POSTERN_SMS_HTTP_READ_TIMEOUT: {{ .readTimeout | quote }}
{{- end }}
{{- end }}
{{- range $i, $client := $v.bootstrap.clients }}
POSTERN_BOOTSTRAP_{{ $i }}__APPLICATION: {{ $client.application | quote }}
{{- with $client.name }}
POSTERN_BOOTSTRAP_{{ $i }}__NAME: {{ . | quote }}
{{- end }}
POSTERN_BOOTSTRAP_{{ $i }}__CLIENT: {{ $client.client | quote }}
POSTERN_BOOTSTRAP_{{ $i }}__SCOPES: {{ join "," $client.scopes | quote }}
{{- with $client.policy }}
POSTERN_BOOTSTRAP_{{ $i }}__POLICY: {{ toJson . | quote }}
{{- end }}
{{- end }}
POSTERN_OPERATORS_BCRYPT_COST: {{ $v.operators.bcryptCost | int64 | quote }}
POSTERN_OPERATORS_CONCURRENT_CHECKS: {{ $v.operators.concurrentChecks | int64 | quote }}
POSTERN_ACCESS_CONCURRENT_CHECKS: {{ $v.access.concurrentChecks | int64 | quote }}
POSTERN_AUDIT_RETENTION: {{ $v.audit.retention | quote }}
POSTERN_DELIVERY_WORKERS: {{ $v.delivery.workers | int64 | quote }}
POSTERN_DELIVERY_LONGEST_TRY: {{ $v.delivery.longestTry | quote }}
POSTERN_DELIVERY_TAKEOVER: {{ $v.delivery.takeover | quote }}
{{- with $v.webhook.allowedNetworks }}
POSTERN_WEBHOOK_ALLOWED_NETWORKS: {{ join "," . | quote }}
{{- end }}
POSTERN_WEBHOOK_WORKERS: {{ $v.webhook.workers | int64 | quote }}
POSTERN_WEBHOOK_CONNECT_TIMEOUT: {{ $v.webhook.connectTimeout | quote }}
POSTERN_WEBHOOK_LONGEST_CALL: {{ $v.webhook.longestCall | quote }}
POSTERN_WEBHOOK_TAKEOVER: {{ $v.webhook.takeover | quote }}
POSTERN_HOUSEKEEPING_INTERVAL: {{ $v.housekeeping.interval | quote }}
{{- with $v.http.trustedProxies }}
QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING: "true"
QUARKUS_HTTP_PROXY_TRUSTED_PROXIES: {{ join "," . | quote }}
{{- end }}
QUARKUS_SHUTDOWN_DELAY: {{ $v.http.shutdownDelay | quote }}
QUARKUS_SHUTDOWN_TIMEOUT: {{ $v.http.shutdownTimeout | quote }}
QUARKUS_LOG_LEVEL: {{ $v.log.level | quote }}
{{- with $v.log.posternLevel }}
QUARKUS_LOG_CATEGORY__IO_POSTERN__LEVEL: {{ . | quote }}
{{- end }}
QUARKUS_LOG_CONSOLE_JSON_ENABLED: {{ $v.log.json | quote }}
{{- with $v.tracing }}
{{- if .endpoint }}
QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT: {{ .endpoint | quote }}
QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL: {{ .protocol | quote }}
QUARKUS_OTEL_TRACES_SAMPLER_ARG: {{ .samplerArg | quote }}
{{- with .resourceAttributes }}
QUARKUS_OTEL_RESOURCE_ATTRIBUTES: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- if ne $v.migration.mode "start" }}
QUARKUS_FLYWAY_MIGRATE_AT_START: "false"
{{- end }}
{{- end -}}

{{/*
The settings that are secret, as a JSON list. Each has the variable (`env`), and a place: the key (`key`) of a Secret that is there
(`secret`), or the key (`own`) of the chart's own, which then holds what the values gave in clear (`plain`).
*/}}
{{- define "postern.credentials" -}}
{{- $v := .Values -}}
{{- $full := include "postern.fullname" . -}}
{{- $all := list -}}
{{- if $v.bundledPostgres.enabled -}}
{{- $all = append $all (dict "env" "QUARKUS_DATASOURCE_PASSWORD" "secret" (printf "%s-postgres" $full) "key" "password") -}}
{{- else -}}
{{- with $v.database -}}
{{- $all = append $all (dict "env" "QUARKUS_DATASOURCE_PASSWORD" "secret" .existingSecret.name "key" .existingSecret.passwordKey "own" "database-password" "plain" .password) -}}
{{- if .existingSecret.usernameKey -}}
{{- $all = append $all (dict "env" "QUARKUS_DATASOURCE_USERNAME" "secret" .existingSecret.name "key" .existingSecret.usernameKey) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $v.bundledRedis.enabled -}}
{{- $all = append $all (dict "env" "QUARKUS_REDIS_PASSWORD" "secret" (printf "%s-redis" $full) "key" "password") -}}
{{- else -}}
{{- with $v.redis -}}
{{- $all = append $all (dict "env" "QUARKUS_REDIS_PASSWORD" "secret" .existingSecret.name "key" .existingSecret.passwordKey "own" "redis-password" "plain" .password) -}}
{{- end -}}
{{- end -}}
{{- with $v.mail -}}
{{- if .from -}}
{{- $all = append $all (dict "env" "QUARKUS_MAILER_PASSWORD" "secret" .existingSecret.name "key" .existingSecret.passwordKey "own" "mail-password" "plain" .password) -}}
{{- end -}}
{{- end -}}
{{- if has "twilio" $v.sms.providers -}}
{{- with $v.sms.twilio -}}
{{- $all = append $all (dict "env" "POSTERN_SMS_TWILIO_AUTH_TOKEN" "secret" .existingSecret.name "key" .existingSecret.authTokenKey "own" "twilio-auth-token" "plain" .authToken) -}}
{{- if .existingSecret.accountSidKey -}}
{{- $all = append $all (dict "env" "POSTERN_SMS_TWILIO_ACCOUNT_SID" "secret" .existingSecret.name "key" .existingSecret.accountSidKey) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if has "http" $v.sms.providers -}}
{{- with $v.sms.http -}}
{{- $all = append $all (dict "env" "POSTERN_SMS_HTTP_SECRET" "secret" .existingSecret.name "key" .existingSecret.secretKey "own" "sms-http-secret" "plain" .secret) -}}
{{- end -}}
{{- end -}}
{{- range $i, $client := $v.bootstrap.clients -}}
{{- $existing := default dict $client.existingSecret -}}
{{- $all = append $all (dict "env" (printf "POSTERN_BOOTSTRAP_%d__SECRET" $i) "secret" (get $existing "name") "key" (get $existing "key") "own" (printf "client-%d-secret" $i) "plain" $client.secret) -}}
{{- end -}}
{{- if $v.tracing.endpoint -}}
{{- with $v.tracing.existingSecret -}}
{{- $all = append $all (dict "env" "QUARKUS_OTEL_EXPORTER_OTLP_HEADERS" "secret" .name "key" .headersKey) -}}
{{- end -}}
{{- end -}}
{{- with $v.operators -}}
{{- $all = append $all (dict "env" "POSTERN_OPERATORS_BOOTSTRAP_SECRET" "secret" .existingSecret.name "key" .existingSecret.bootstrapSecretKey "own" "operators-bootstrap-secret" "plain" .bootstrapSecret) -}}
{{- end -}}
{{- $all | toJson -}}
{{- end -}}

{{/* The `data` of the chart's own Secret; empty where nothing secret is given in clear. */}}
{{- define "postern.ownSecret" -}}
{{- range include "postern.credentials" . | fromJsonArray -}}
{{- if and (not .secret) .plain }}
{{ .own }}: {{ .plain | b64enc }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The environment of the service that comes from Secrets, and what the operator adds. */}}
{{- define "postern.secretEnv" -}}
{{- $full := include "postern.fullname" . -}}
{{- range include "postern.credentials" . | fromJsonArray -}}
{{- if or .secret .plain }}
- name: {{ .env }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret | default $full }}
      key: {{ ternary .key .own (not (empty .secret)) }}
{{- end -}}
{{- end -}}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end -}}
{{- end -}}

{{/* What makes of a copy one that migrates the database and ends. A container's own variables win over those of the ConfigMap. */}}
{{- define "postern.migrationEnv" -}}
- name: QUARKUS_INIT_AND_EXIT
  value: "true"
- name: QUARKUS_FLYWAY_MIGRATE_AT_START
  value: "true"
{{ include "postern.migrator" . }}
{{- end -}}

{{/* Who migrates, where that is not the user of the service. */}}
{{- define "postern.migrator" -}}
{{- with .Values.migration.existingSecret -}}
{{- if .name -}}
- name: QUARKUS_FLYWAY_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .usernameKey }}
- name: QUARKUS_FLYWAY_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .passwordKey }}
{{- end -}}
{{- end -}}
{{- end -}}
