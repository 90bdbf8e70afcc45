const COLOURS = ['#ffb300', '#e53935', '#43a047'];

Page({
  data: { lamps: COLOURS.map((colour, id) => ({ id, colour })) },
  next() {
    const [first, ...others] = this.data.lamps.map(({ colour }) => colour);
    this.setData({ lamps: [...others, first].map((colour, id) => ({ id, colour })) });
    ty.showToast({ title: 'Next' });
  },
});
