# One vocabulary for people and for CI. Everything runs through ./mvnw and ./sabot, which find
# their JDK and build what they need.
MVN := ./mvnw --batch-mode

.PHONY: fmt check test golden tck bench
fmt: ## format all Java sources
	$(MVN) -q spotless:apply

check: ## format, compile with all checks, layering and tidiness
	$(MVN) verify -Dtest='io.sabot.bench.house.*Test' -Dsurefire.failIfNoSpecifiedTests=false

test: ## everything: checks, unit tests, goldens, conformance
	$(MVN) verify

golden: ## rewrite the expected files from the present output, to be reviewed as a diff
	$(MVN) -Dquick -Dgolden.update=true test

tck: ## the conformance suites, with counts
	./sabot tck

bench: ## Sabot beside its peers
	./sabot bench
