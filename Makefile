# Vidno. `make help` names the targets.
#
#   make CC=clang          another compiler
#   make B=dir             another build folder
#   make V=1               whole command lines

VERSION := 0.1.0
PREFIX  ?= /usr/local
B       ?= build
LANGS   := $(patsubst generator/po/%.po,%,$(wildcard generator/po/*.po))

.DEFAULT_GOAL := site
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:

# -- flags ------------------------------------------------------------------

# What the program is linked with. libgit2, libmicrohttpd and libcurl are loaded
# by their one file when a command needs them: linked, they would cost every
# start several milliseconds. Their headers are needed all the same.
LINKED := libcmark-gfm yaml-0.1 nettle libpcre2-8 gumbo expat libidn2 libpsl zlib
LOADED := libgit2 libmicrohttpd libcurl

WARN := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wformat=2 -Wvla
# gcc gives false warnings under sanitizers, so they are no errors there.
WERROR   ?= $(if $(SAN),,-Werror)
OPT      ?= -O3 -g
STD      := -std=c11 -D_GNU_SOURCE
DEFINES  := -DVIDNO_VERSION='"$(VERSION)"' -DVIDNO_PREFIX='"$(PREFIX)"'
INCLUDES := -Igenerator $(shell pkg-config --cflags $(LINKED) $(LOADED) 2>/dev/null)
LIBS     := $(shell pkg-config --libs $(LINKED) 2>/dev/null) \
	-lcmark-gfm-extensions -lcsv -lstemmer -lpthread -ldl

COMPILE = $(CC) $(STD) $(DEFINES) $(INCLUDES) $(CPPFLAGS) $(WARN) $(WERROR) $(OPT) $(SAN) \
	$(CFLAGS) -MMD -MP
LINK    = $(CC) $(OPT) $(SAN) $(CFLAGS) -Wl,-O1,--as-needed $(LDFLAGS)

# V=1 shows the commands, otherwise a short line stands for each.
ifeq ($(V),1)
say = @:
Q   =
else
say = @printf '  %-5s%s\n'
Q   = @
endif

# The inner make uses every processor unless -j says otherwise.
BUILD = $(MAKE) $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

# -- files ------------------------------------------------------------------

SRCS  := $(sort $(wildcard generator/*/*.c))
OBJS  := $(SRCS:generator/%.c=$(B)/obj/%.o)
MAIN  := $(B)/obj/cmd/main.o
LIB   := $(B)/libvidno.a
MOS   := $(LANGS:%=$(B)/locale/%/LC_MESSAGES/vidno.mo)
HELP  := $(patsubst tests/unit/%.c,$(B)/unit/%.o,$(wildcard tests/unit/support*.c))
UNITS := $(patsubst tests/unit/%.c,$(B)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))
BENCH := $(patsubst tests/bench/%.c,$(B)/bench/%,$(sort $(wildcard tests/bench/*.c)))

# -- the program ------------------------------------------------------------

.PHONY: site all program units benches
# The flags above are found by pkg-config, so the build starts afresh after it
# may have been installed.
site:
	@generator/scripts/deps.sh site
	@$(BUILD) program
	$(B)/vidno build --site . --out public

all: program units benches
program: $(B)/vidno $(MOS)
units: program $(UNITS)
benches: program $(BENCH)

$(B)/vidno: $(MAIN) $(LIB) $(B)/flags
	$(say) LINK $@
	$(Q)$(LINK) -o $@ $(MAIN) $(LIB) $(LIBS)

$(LIB): $(filter-out $(MAIN),$(OBJS)) $(B)/objects
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcs $@ $(filter %.o,$^)

$(B)/obj/%.o: generator/%.c $(B)/flags
	@mkdir -p $(@D)
	$(say) CC $*.c
	$(Q)$(COMPILE) -c -o $@ $<

$(B)/locale/%/LC_MESSAGES/vidno.mo: generator/po/%.po
	@mkdir -p $(@D)
	$(say) MSG $<
	$(Q)msgfmt -o $@ $<

# Two stamps, touched only when their text changes: other flags rebuild all,
# and a source that went away leaves the library.
$(B)/flags: STAMP = $(COMPILE) $(LINK) $(LIBS)
$(B)/objects: STAMP = $(SRCS)
$(B)/flags $(B)/objects: always
	@mkdir -p $(@D)
	@printf '%s\n' $(call quote,$(STAMP)) | cmp -s - $@ || printf '%s\n' $(call quote,$(STAMP)) >$@
quote = '$(subst ','\'',$(1))'

# -- tests ------------------------------------------------------------------

$(B)/unit/%.o: tests/unit/%.c $(B)/flags
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(COMPILE) -Itests/unit -c -o $@ $<

$(B)/unit/test_%: $(B)/unit/test_%.o $(HELP) $(LIB)
	$(say) LINK $@
	$(Q)$(LINK) -o $@ $^ -lcmocka -ljansson $(LIBS)

# A bench program is linked with the library and may time any part of it.
$(B)/bench/%: tests/bench/%.c $(LIB) $(B)/flags
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(COMPILE) -MF $@.d -Wl,--as-needed -o $@ $< $(LIB) $(LIBS)

.PHONY: test asan tsan lint bench
test:
	@generator/scripts/deps.sh test
	@$(BUILD) units
	@B=$(B) tests/tools/run-all.sh browser town staff fault unit spec golden bad cli history fuzz house valid

# Unit, spec, golden and bad-input tests and the town once more, with memory
# errors and undefined behaviour fatal. As a shared library, gcc's libubsan does
# not write its reports into the file that the runner looks for.
asan:
	@generator/scripts/deps.sh test
	@$(BUILD) B=build-asan SAN='-fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer -DVIDNO_ARENA_MALLOC' \
	LDFLAGS='$(LDFLAGS) $(if $(findstring clang,$(CC)),,-static-libubsan)' units
	@B=build-asan tests/tools/run-all.sh town unit spec golden bad

# Builds with eight threads, with data races fatal. The thread sanitizer of
# gcc 12 does not start where addresses are scattered widely, so they are not
# scattered at all, where that is allowed.
tsan:
	@generator/scripts/deps.sh test
	@$(BUILD) B=build-tsan SAN='-fsanitize=thread -fno-omit-frame-pointer' units
	@calm="setarch $$(uname -m) -R"; $$calm true 2>/dev/null || calm=; \
	B=build-tsan JOBS=8 $$calm tests/tools/run-all.sh races unit golden

lint:
	@generator/scripts/deps.sh test
	@B=$(B) tests/lint/run.sh

# Times only: ratios are printed, none fails.
bench:
	@generator/scripts/deps.sh test
	@$(BUILD) benches
	@B=$(B) tests/bench/run.sh

# -- upkeep -----------------------------------------------------------------

.PHONY: format pot po-update install clean help always flags
format:
	clang-format -i $(SRCS) $(wildcard generator/*/*.h tests/*/*.c tests/*/*.h)

# How a source is looked at, for lint.
flags:
	@printf '%s\n' $(call quote,$(STD) $(DEFINES) $(INCLUDES) $(WARN) -Werror)

# The catalogue template, and the catalogues brought in step with the sources.
pot:
	@mkdir -p $(B)
	@generator/scripts/pot.sh $(B)/vidno.pot

po-update: pot
	@for l in $(LANGS); do \
		msgmerge -q -U --backup=none --no-wrap generator/po/$$l.po $(B)/vidno.pot; \
		msgfmt --statistics -o /dev/null generator/po/$$l.po; \
	done

TO = $(DESTDIR)$(PREFIX)
SHARE = $(TO)/share/vidno
# A new site is made of the archetype, the shared tables and the methods.
install: program
	install -D -m 755 $(B)/vidno $(TO)/bin/vidno
	$(call install_tree,themes,$(SHARE)/themes)
	$(call install_tree,generator/archetype,$(SHARE)/archetype)
	$(call install_tree,content/methods,$(SHARE)/content/methods)
	$(call install_tree,data/methods,$(SHARE)/data/methods)
	install -D -m 644 -t $(SHARE)/data $(wildcard data/*.csv)
	for l in $(LANGS); do install -D -m 644 $(B)/locale/$$l/LC_MESSAGES/vidno.mo \
		$(TO)/share/locale/$$l/LC_MESSAGES/vidno.mo || exit; done
	install -D -m 644 -t $(TO)/share/man/man1 $(wildcard generator/man/*.1)
install_tree = cd $(1) && find . -type f -exec install -D -m 644 {} $(abspath $(2))/{} \;

# public/ stays: it is somebody's site.
clean:
	rm -rf $(sort $(B) build build-asan build-tsan)

help:
	@echo 'make site       install what is missing, build the program and this site (default)'
	@echo 'make test       all tests; asan and tsan: again under sanitizers'
	@echo 'make lint       floors, style, warnings, catalogues'
	@echo 'make bench      how fast, and how much memory'
	@echo 'make format     bring the sources into the house style'
	@echo 'make po-update  bring generator/po in step with the sources'
	@echo 'make install    DESTDIR= PREFIX=$(PREFIX)'
	@echo 'make clean      remove what was built (public/ stays)'

-include $(OBJS:.o=.d) $(UNITS:=.d) $(HELP:.o=.d) $(BENCH:=.d)
