{{/*
The ports of URLs, separated by spaces. Takes `urls`, several with commas between, and `default` for those that name none. The scheme,
of JDBC too, and the path do not matter.
*/}}
{{- define "postern.ports" -}}
{{- $default := .default -}}
{{- $ports := list -}}
{{- range splitList "," .urls -}}
{{- $authority := regexReplaceAll "[/?].*$" (regexReplaceAll "^.*//" . "") "" -}}
{{- $ports = append $ports (regexFind ":[0-9]+$" $authority | trimPrefix ":" | default $default | toString) -}}
{{- end -}}
{{- $ports | uniq | join " " -}}
{{- end -}}

{{/* The port of one HTTP URL. */}}
{{- define "postern.httpPort" -}}
{{- include "postern.ports" (dict "urls" . "default" (ternary "80" "443" (hasPrefix "http://" .))) -}}
{{- end -}}

{{/* One rule of `egress` over TCP. Takes `to`, a list of peers, anywhere where empty, and `ports`, separated by spaces. */}}
{{- define "postern.egress" }}
- ports:
    {{- range splitList " " .ports }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
  {{- with .to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "postern.dnsEgress" }}
- ports:
    {{- range .Values.networkPolicy.dns.ports }}
    - port: {{ . }}
      protocol: UDP
    - port: {{ . }}
      protocol: TCP
    {{- end }}
  {{- with .Values.networkPolicy.dns.to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Peers of a rule: the namespaces by name, and what else is given. Takes `namespaces` and `from`. */}}
{{- define "postern.peers" -}}
{{- with .namespaces }}
- namespaceSelector:
    matchExpressions:
      - key: kubernetes.io/metadata.name
        operator: In
        values:
          {{- toYaml . | nindent 10 }}
{{- end }}
{{- with .from }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The pods of a component of this release, as a list of one peer. Takes `root` and `component`. */}}
{{- define "postern.pods" -}}
- podSelector:
    matchLabels:
      {{- include "postern.componentLabels" . | nindent 6 }}
{{- end -}}

{{/* Public addresses: what is private, local or shared is a webhook's only where `webhook.allowedNetworks` says so. */}}
{{- define "postern.publicNetworks" -}}
- ipBlock:
    cidr: 0.0.0.0/0
    except:
      - 10.0.0.0/8
      - 100.64.0.0/10
      - 127.0.0.0/8
      - 169.254.0.0/16
      - 172.16.0.0/12
      - 192.168.0.0/16
- ipBlock:
    cidr: ::/0
    except:
      - ::1/128
      - fc00::/7
      - fe80::/10
{{- end -}}

{{/* What the server and its migration call: the stores. */}}
{{- define "postern.storeEgress" -}}
{{- $v := .Values -}}
{{- $rules := $v.networkPolicy -}}
{{- $postgres := include "postern.pods" (dict "root" . "component" "postgres") | fromYamlArray -}}
{{- $redis := include "postern.pods" (dict "root" . "component" "redis") | fromYamlArray -}}
{{- $databasePorts := include "postern.ports" (dict "urls" (include "postern.databaseUrl" .) "default" "5432") -}}
{{- $redisPorts := include "postern.ports" (dict "urls" (include "postern.redisHosts" .) "default" "6379") -}}
{{- include "postern.dnsEgress" . -}}
{{- include "postern.egress" (dict "to" (ternary $postgres $rules.database.to $v.bundledPostgres.enabled) "ports" (join " " $rules.database.ports | default $databasePorts)) -}}
{{- include "postern.egress" (dict "to" (ternary $redis $rules.redis.to $v.bundledRedis.enabled) "ports" (join " " $rules.redis.ports | default $redisPorts)) -}}
{{- end -}}

{{/* Who may call the server; empty for nobody. */}}
{{- define "postern.ingressRules" -}}
{{- range list .Values.networkPolicy.callers .Values.networkPolicy.scrapers -}}
{{- with include "postern.peers" . }}
- ports:
    - port: http
      protocol: TCP
  from:
    {{- . | nindent 4 }}
{{- end -}}
{{- end -}}
{{- if .Values.test.enabled }}
- ports:
    - port: http
      protocol: TCP
  from:
    {{- include "postern.pods" (dict "root" . "component" "test") | nindent 4 }}
{{- end -}}
{{- end -}}
