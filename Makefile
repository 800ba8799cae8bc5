# Coffey: `make run` tries it, `make test` proves it. Nothing has to be set up before but JDK 25 and
# a Maven of any age; ./mvnw finds the one and brings the right other.

MAVEN := ./mvnw -B -q
DISTRIBUTION := target/coffey
BUILT := target/built

# All that the distribution is made of; folders too, so that a removed file counts as a change.
SOURCES := pom.xml mvnw $(wildcard .mvn/* */pom.xml) \
  $(shell find proto/src coffey-ctl/src/main coffey-daemon/src/main deploy/src/main deploy/src/dist \
    deploy/src/examples deploy/src/man deploy/src/systemd 2>/dev/null)

.PHONY: run build test soak replay states lint format bench native clean help

run: build ## build what changed and supervise an example of three services, here, until Ctrl-C
	@deploy/src/run/example $(DISTRIBUTION)

build: $(BUILT) ## build what changed: target/coffey and target/coffey-VERSION-linux.tar.gz

$(BUILT): $(SOURCES)
	@echo 'make: building $(DISTRIBUTION) (the first time takes some minutes)' >&2
	@$(MAVEN) package -DskipTests
	@touch $(BUILT)

test: ## everything: unit, simulation, the packaged daemon, lint
	./mvnw -B verify
	@touch $(BUILT)

SEEDS := 2000
EVENTS := 5000
soak: ## more of the simulation: make soak SEEDS=2000 EVENTS=5000
	./mvnw -B -pl coffey-daemon -am test -Dtest=FleetSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dcoffey.seeds=$(SEEDS) -Dcoffey.events=$(EVENTS)

SEED := 1
replay: ## one seed of the simulation again, as its failure says: make replay SEED=17 EVENTS=2000
	./mvnw -B -pl coffey-daemon -am test -Dtest=FleetSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dcoffey.seed=$(SEED) -Dcoffey.events=$(EVENTS)

states: ## write coffey-daemon/STATES.md anew, the page of every state and every event
	./mvnw -B -pl coffey-daemon -am test -Dtest=StatePageTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dcoffey.regenerate=true

lint: ## formats, warnings, the house plan: all that looks at code without running it
	$(MAVEN) test spotless:check -Dtest=ArchitectureTest -Dsurefire.failIfNoSpecifiedTests=false

format: ## format all code as lint wants it
	$(MAVEN) spotless:apply

bench: build ## ratios to C or shell baselines measured in the same run
	@deploy/src/bench/run $(DISTRIBUTION)

native: ## executables in target/coffey-native/bin, made with the GraalVM of GRAALVM_HOME
	@deploy/src/run/native

clean: ## remove all that was built
	rm -rf target */target

help: ## this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14
