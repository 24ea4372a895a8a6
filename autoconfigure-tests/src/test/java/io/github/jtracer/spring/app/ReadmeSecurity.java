package io.github.jtracer.spring.app;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The README's answer to a 403: the endpoint is for machines, which have no CSRF token. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("test.readme-chain")
class ReadmeSecurity {
    @Bean
    SecurityFilterChain tracer(HttpSecurity http) throws Exception {
        return http.securityMatcher("/actuator/tracer/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.disable())
                .build();
    }
}
