{{/* What the schema cannot say, each in a sentence that says what to do. */}}
{{- define "postern.checks" -}}
{{- $v := .Values -}}
{{- if not $v.issuer }}{{ fail "issuer must be set: Postern's public address, such as https://postern.example.com" }}{{ end -}}
{{- if and $v.keys.generate $v.keys.existingSecret.name }}{{ fail "keys.generate and keys.existingSecret.name exclude each other" }}{{ end -}}
{{- if not (or $v.keys.generate $v.keys.existingSecret.name) }}{{ fail "set keys.existingSecret.name to a Secret with ring.jwks, verification.jwks and access.jwks, or keys.generate to have them made once" }}{{ end -}}
{{- if $v.bundledPostgres.enabled -}}
{{- if or $v.database.url $v.database.password $v.database.existingSecret.name }}{{ fail "bundledPostgres.enabled excludes database.url, password and existingSecret" }}{{ end -}}
{{- else -}}
{{- if not $v.database.url }}{{ fail "database.url must be set, or bundledPostgres.enabled for a trial" }}{{ end -}}
{{- if not (or $v.database.password $v.database.existingSecret.name) }}{{ fail "database.existingSecret.name must be set, or database.password for a trial" }}{{ end -}}
{{- end -}}
{{- if $v.bundledRedis.enabled -}}
{{- if or $v.redis.hosts $v.redis.password $v.redis.existingSecret.name }}{{ fail "bundledRedis.enabled excludes redis.hosts, password and existingSecret" }}{{ end -}}
{{- else if not $v.redis.hosts }}{{ fail "redis.hosts must be set, or bundledRedis.enabled for a trial" }}{{ end -}}
{{- if and $v.mail.from (not $v.mail.host) }}{{ fail "mail.host must be set where mail.from is" }}{{ end -}}
{{- if and (has "twilio" $v.sms.providers) (not (and (or $v.sms.twilio.accountSid $v.sms.twilio.existingSecret.accountSidKey) (or $v.sms.twilio.authToken $v.sms.twilio.existingSecret.name))) }}{{ fail "sms.twilio needs an account SID and an auth token" }}{{ end -}}
{{- if and (has "http" $v.sms.providers) (not (and $v.sms.http.url (or $v.sms.http.secret $v.sms.http.existingSecret.name))) }}{{ fail "sms.http needs a url and a secret" }}{{ end -}}
{{- range $v.bootstrap.clients -}}
{{- if not (or .secret .existingSecret) }}{{ fail (printf "the client %s of bootstrap.clients needs a secret or an existingSecret" .client) }}{{ end -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas)) }}{{ fail "autoscaling.minReplicas is greater than maxReplicas" }}{{ end -}}
{{- if eq $v.migration.mode "job" -}}
{{- if or $v.bundledPostgres.enabled $v.bundledRedis.enabled }}{{ fail "migration.mode job needs a database and a Redis that are there before the chart: use init with the bundled ones" }}{{ end -}}
{{- if or $v.keys.generate (include "postern.ownSecret" .) }}{{ fail "migration.mode job needs Secrets that are there before the chart: use existingSecret for keys and everything secret" }}{{ end -}}
{{- end -}}
{{- end -}}
