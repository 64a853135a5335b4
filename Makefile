# Every job has one command. The work is done by deploy/, which needs only Python 3.8 or newer.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help run test train check bench pins clean

run: ## start bot, actions and gateway; prepares all they need, prints the address to open
	@$(PYTHON) -m deploy run

test: ## prepare what the tests need and run every test
	@$(PYTHON) -m deploy test

train: ## prepare the environments, build the knowledge and train the bot
	@$(PYTHON) -m deploy train

check: ## style, types, import direction, Rasa's data and the knowledge
	@$(PYTHON) -m deploy check

bench: ## measure answers and speed, beside Rasa's stock pipeline
	@$(PYTHON) -m deploy bench

pins: ## choose the newest fitting versions and write deploy/constraints
	@$(PYTHON) -m deploy pins

clean: ## remove environments and all that can be built again (conversations and secrets stay)
	@$(PYTHON) -m deploy clean

help: ## print this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "make %-6s  %s\n", $$1, $$2}' $(MAKEFILE_LIST)
