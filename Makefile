# Every job has one command. The work is done by deploy/, which needs only Python 3.8 or newer.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help run roll test train encoder check bench bench-public chaos doctor pins clean

run: ## start bot, actions and gateway, PROFILE=cluster: two of each; prepares all they need, prints the address
	@$(PYTHON) -m deploy run $(if $(PROFILE),--profile $(PROFILE))

roll: ## restart the processes of the cluster profile one after another, without a lost turn
	@$(PYTHON) -m deploy roll

test: ## prepare what the tests need and run every test
	@$(PYTHON) -m deploy test

train: ## prepare the environments, build the knowledge and train the bot
	@$(PYTHON) -m deploy train

encoder: ## tune the encoder on our questions (minutes; seconds on a GPU), keep it if it is better
	@$(PYTHON) -m deploy encoder

check: ## style, types, import direction, Rasa's data and the knowledge
	@$(PYTHON) -m deploy check

bench: ## measure answers and speed, beside Rasa's stock pipeline
	@$(PYTHON) -m deploy bench

bench-public: ## measure on public data sets (benchmarks/README.md says where they lie)
	@$(PYTHON) -m deploy bench-public

chaos: ## ten minutes of load on the cluster profile while everything in it fails in turn: nothing may be lost
	@$(PYTHON) -m deploy chaos

doctor: ## check this installation and say what to mend
	@$(PYTHON) -m deploy doctor

pins: ## choose the newest fitting versions and write deploy/constraints
	@$(PYTHON) -m deploy pins

clean: ## remove environments and all that can be built again (conversations and secrets stay)
	@$(PYTHON) -m deploy clean

help: ## print this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "make %-12s  %s\n", $$1, $$2}' $(MAKEFILE_LIST)
